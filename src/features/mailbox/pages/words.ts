import type { Profile } from '../../../policy/profile.ts'
import type { MailboxRefusal } from '../model.ts'

/** Why something was not done, in a sentence. */
export function refusalSays(refusal: MailboxRefusal, profile: Pick<Profile, 'mailbox'>): string {
  switch (refusal) {
    case 'too-few-readers':
      return `At least ${profile.mailbox.readersMin.value} people must be able to read the mailbox. Add somebody else first.`
    case 'no-such-reader':
      return 'They are no longer on the list.'
    case 'reads-already':
      return 'They are on the list already.'
    case 'not-of-the-team':
      return 'Choose somebody of the safeguarding team.'
    case 'no-such-rule':
      return 'Select the rule that the school follows.'
    case 'nothing-closed':
      return 'No closed period is to come.'
  }
}
