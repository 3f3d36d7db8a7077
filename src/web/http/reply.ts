/** What a handler answers. `refused` pages change nothing: whatever the handler wrote is rolled back. */
export type Reply =
  | { readonly kind: 'page'; readonly html: string; readonly status?: 422 | 429; readonly compressed?: true }
  | { readonly kind: 'refused'; readonly html: string; readonly status: 403 | 409 | 422 | 429 }
  | { readonly kind: 'redirect'; readonly to: string; readonly cookie?: { readonly set: string } | { readonly clear: true } }
  | { readonly kind: 'json'; readonly value: unknown; readonly status?: 200 | 409 | 422 }
  | { readonly kind: 'file'; readonly name: string; readonly mediaType: string; readonly content: Buffer }
  | { readonly kind: 'afterwards'; make(): Promise<SentReply> }

/** What is sent to the browser in the end. */
export type SentReply = Exclude<Reply, { readonly kind: 'afterwards' }>

export type Refused = Extract<Reply, { readonly kind: 'refused' }>

export function page(html: string): SentReply {
  return { kind: 'page', html }
}

/**
 * A long page, compressed on its way. Only for one that shows nothing taken from a link: were chosen text compressed together
 * with the form's token, the length would tell of the token to whoever sees it pass.
 */
export function compressedPage(html: string): Reply {
  return { kind: 'page', html, compressed: true }
}

/** The form again, while what the handler wrote stays: a wrong try is counted. */
export function countedTry(html: string, status: 422 | 429): Reply {
  return { kind: 'page', html, status }
}

/** The form again, with its errors and what was typed. */
export function invalid(html: string): SentReply {
  return { kind: 'refused', html, status: 422 }
}

/** Somebody else was first, or the thing is no longer in a state where this can be done. */
export function conflict(html: string): Refused {
  return { kind: 'refused', html, status: 409 }
}

export function redirect(to: string): Reply {
  return { kind: 'redirect', to }
}

/**
 * A page that takes long to make and asks the database nothing more: it is made when the transaction is committed, with its audit
 * entry, so that nobody waits for its connection.
 */
export function afterwards(make: () => Promise<SentReply>): Reply {
  return { kind: 'afterwards', make }
}
