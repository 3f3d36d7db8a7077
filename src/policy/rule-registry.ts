import type { Source } from './profile.ts'

/** A rule of the product itself, the same at every school. What differs between schools stands in their profiles. */
export interface Rule {
  /** Stable id, `<feature>.<name>`, shown by "why?". */
  readonly id: string
  /** One plain sentence. */
  readonly says: string
  readonly source: Source
}

/** The documents that the product's own rules cite. */
export const ruleDocuments: Readonly<Record<string, { readonly title: string }>> = {
  language: { title: 'policies/README.md: how policies are written and read' },
  design: { title: 'The design of the product: how time and duty are read' },
  statute: { title: 'Banking and Financial Dealings Act 1971' },
}

const rule = (id: string, says: string, document: string, section: string): Rule => ({ id, says, source: { document, section } })

/** Every rule that the code of `kernel/` and `policy/` follows. */
export const ruleRegistry: readonly Rule[] = [
  rule(
    'time.day-zero',
    "Day zero of a clock in days is the event's own date in London; the clock ends at 23:59:59 on its last day.",
    'design',
    'how time is read',
  ),
  rule('time.elapsed-hours', 'Hours and minutes are elapsed time, at night and at weekends too.', 'design', 'how time is read'),
  rule('time.breached-after', 'A clock is breached strictly after the moment at which it is due.', 'design', 'how time is read'),
  rule(
    'time.working-day',
    'A working day is Monday to Friday, bank holidays of England and Wales excepted.',
    'statute',
    'schedule 1',
  ),
  rule(
    'time.school-day',
    'A school day is a working day within a term of the school that is no half term, training day or closure.',
    'design',
    'how time is read',
  ),
  rule(
    'time.beyond-terms',
    'Outside the published terms every working day counts as a school day, so that a clock ends too early rather than too late.',
    'design',
    'how time is read',
  ),
  rule(
    'time.moment-passed',
    "Before the child leaves, or the end of the school day, means the end of the same day where that moment has passed or there is no school: never the next day's moment.",
    'design',
    'how time is read',
  ),
  rule(
    'time.child-leaves',
    "A child's own time of leaving counts; where none is known, the end of the school's day.",
    'design',
    'how time is read',
  ),
  rule(
    'time.part-day',
    'On a part day the school day ends at the time printed for that day; a child leaves then, or at their own time where that is earlier.',
    'design',
    'how time is read',
  ),
  rule(
    'time.clock-change',
    'An hour that autumn gives twice is its first, an hour that spring skips the one after it: a deadline never falls later than it was meant.',
    'design',
    'how time is read',
  ),
  rule(
    'time.close-of-business',
    'The close of the next working day is when offices close on it, a time that the policy or the school gives.',
    'design',
    'how time is read',
  ),
  rule('time.terms', 'One term runs to the last day of the term after the one in which it began.', 'design', 'how time is read'),
  rule(
    'time.no-time-given',
    'A duty for which no text gives a time starts a clock with nothing due.',
    'design',
    'how duty is read',
  ),
  rule(
    'routing.all',
    'Where the text says "and", everybody who holds one of its roles and may know is told at once.',
    'design',
    'how duty is read',
  ),
  rule(
    'routing.first-eligible',
    'Where the text says "or", the first of its roles that has somebody who may know is told: everybody who holds that role.',
    'design',
    'how duty is read',
  ),
  rule(
    'routing.passes-on',
    'A step without anybody who may be told passes the duty to the next step.',
    'design',
    'how duty is read',
  ),
  rule(
    'routing.never-excluded',
    'Nobody who is the subject of a concern, tied to it, named in it or gone is told, in whichever role.',
    'design',
    'nobody reads of themselves',
  ),
  rule('routing.absent', 'Whoever is out is not told while somebody else in the chain is there.', 'design', 'people and pupils'),
  rule(
    'routing.everybody-absent',
    'Where everybody who may know is out, they are written to, and the concern is unreached all the same: the person reporting is shown the outside numbers.',
    'design',
    'nothing is forgotten',
  ),
  rule(
    'routing.once',
    'A person who holds several roles is told once, in the role that the text names first.',
    'design',
    'how duty is read',
  ),
  rule(
    'routing.next-when-silent',
    'Where those told do not answer in time, the next step is told; nobody is told twice.',
    'design',
    'nothing is forgotten',
  ),
  rule(
    'routing.unreached',
    'Where nobody inside can be given a concern it is unreached: it is kept, and the outside numbers are shown.',
    'design',
    'nothing is forgotten',
  ),
  rule(
    'clocks.strictest',
    'Where several rules for one clock apply, the one that is due first holds.',
    'language',
    'how the layers meet',
  ),
  rule(
    'clocks.record-from-voice',
    'The time to write a concern down runs from when somebody was told of it by voice, where that came first.',
    'design',
    'how duty is read',
  ),
  rule(
    'clocks.urgent-alert-met',
    'The urgent alert is met by telling by voice, or by an acknowledgement; a message sent is not yet an alert received.',
    'design',
    'how duty is read',
  ),
  rule(
    'clocks.not-telling-parents',
    'Not telling parents, with the reason written down, answers the question whether they are told.',
    'design',
    'decision',
  ),
  rule(
    'clocks.answer-from-first-contact',
    'The time for the answer to a referral runs from the call, or from the form where nobody rang.',
    'design',
    'how duty is read',
  ),
  rule(
    'clocks.receiver',
    'The times of a referral are those of the authority that receives it and of the school, whichever end first.',
    'language',
    'how the layers meet',
  ),
  rule(
    'referrals.home-authority',
    "A referral goes to the authority where the child lives; one that is not known is asked for, and the school's own never assumed.",
    'design',
    'authority',
  ),
  rule(
    'policy.nearest-layer',
    "The school's policy overrides its trust's, the trust's the authority's, the authority's the national text.",
    'language',
    'how the layers meet',
  ),
  rule('policy.not-laxer', 'A nearer layer may be stricter than statutory guidance, never laxer.', 'design', 'layers'),
  rule(
    'policy.edition',
    'A value holds from its date until a later one begins; a decision keeps the edition under which it was made.',
    'design',
    'layers',
  ),
]
