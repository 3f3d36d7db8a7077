import { type Checkpoint, spokenDigest } from '../../audit/checkpoint.ts'
import { dateInWords } from '../../kernel/london-time.ts'
import { addDays, type PlainDate } from '../../kernel/plain-date.ts'

/** Nights without a checkpoint of their own, between one and the next. */
export function missedBetween(since: string, day: PlainDate): readonly PlainDate[] {
  const missed: PlainDate[] = []
  if (!/^\d/.test(since)) return missed
  for (let night = addDays(since as PlainDate, 1); night < day; night = addDays(night, 1)) missed.push(night)
  return missed
}

/** Nights whose checkpoint is due and not made, on a day; none where none was ever made. */
export function owedOn(today: PlainDate, last: PlainDate | undefined): readonly PlainDate[] {
  return last === undefined ? [] : missedBetween(last, today)
}

const mailText = (
  checkpoint: Checkpoint,
) => `Please keep this message. It is the checkpoint of the audit trail of a school that uses Holdfast, for the night of ${dateInWords(checkpoint.day)}.

It says nothing about anybody and nothing about how much happened: one like it is made every night, always of the same length. Should the school's audit trail ever be doubted, it proves that nothing in it was changed since.

Digest, to compare by telephone: ${spokenDigest(checkpoint.text)}

${checkpoint.text}`

/** The mail in which a checkpoint leaves; the same for every night but for the date and the digests. */
export function checkpointMail(checkpoint: Checkpoint, to: string): { to: string; subject: string; text: string } {
  return { to, subject: `Holdfast: checkpoint of the audit trail, ${checkpoint.day}`, text: mailText(checkpoint) }
}
