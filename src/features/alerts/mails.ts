export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/**
 * The mail that says there is something to see. It names no child, no colleague, no category and not even the kind of thing:
 * a mailbox may be shared, forwarded or read over a shoulder.
 */
export function alertMail(to: string, school: string, address: string): Mail {
  return {
    to,
    subject: 'Something is waiting for you in Holdfast',
    text: `There is something for you to look at in Holdfast at ${school}.\n\nPlease sign in now: ${address}/alerts\n\nThis message says nothing more, on purpose. Please do not answer it.\n`,
  }
}

/** The mail that says there is something about the team itself to see: who and when is said in the app alone. */
export function noticeMail(to: string, school: string, address: string, urgent: boolean): Mail {
  if (!urgent) return alertMail(to, school, address)
  return {
    to,
    subject: 'Holdfast needs you now',
    text: `Something at ${school} needs you at this moment.\n\nPlease sign in now: ${address}/alerts\n\nThis message says nothing more, on purpose. Please do not answer it.\n`,
  }
}
