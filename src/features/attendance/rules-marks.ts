/** Reads a day's marks as the office pastes them from the register. Pure. */
import type { LocalTime } from '../../kernel/plain-date.ts'
import type { Mark, PupilMark, PupilOnRoll } from './model.ts'
import { cellsOf, type PlainName, pupilsCalled } from './rules.ts'

/** The marks as registers write them. */
const written: Readonly<Record<string, Mark>> = {
  present: 'present',
  p: 'present',
  '/': 'present',
  late: 'late',
  l: 'late',
  absent: 'absent',
  a: 'absent',
  n: 'absent',
}

/** A mark as it is written; anything else is none. */
export function readMark(text: string): Mark | undefined {
  return written[text.trim().toLowerCase()]
}

/** A time that was typed: nothing, one that can be read, or one that cannot, with a sentence. */
export type ReadTime = (
  text: string,
) =>
  | { readonly kind: 'none' }
  | { readonly kind: 'read'; readonly value: LocalTime }
  | { readonly kind: 'wrong'; readonly says: string }

export interface ReadDay {
  readonly marks: readonly PupilMark[]
  /** The lines of pupils who are left to a colleague. */
  readonly leftLines: readonly number[]
  readonly faults: readonly string[]
}

const saysMax = 200

/** The marks of a paste: family name, first name, class, mark, time, and anything beside it; a heading in the first line is passed over. */
export function readDay(text: string, roll: readonly PupilOnRoll[], plain: PlainName, time: ReadTime): ReadDay {
  const marks: (PupilMark & { readonly leftAt: number | undefined })[] = []
  const faults: string[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const cells = cellsOf(line)
    const mark = readMark(cells[3] ?? '')
    if (index === 0 && !mark && cells.length >= 4) continue
    const at = time(cells[4] ?? '')
    const says = (cells[5] ?? '').replaceAll(/[\p{Cc}\uFFFD]+/gu, ' ').trim()
    const found = pupilsCalled(roll, cells, plain)
    const [pupil] = found
    const wrong = faultOf(mark, at, says)
    const say = (what: string) => faults.push(`Line ${index + 1}: ${what}.`)
    if (cells.length < 4) say('it needs family name, first name, class, mark and time')
    else if (wrong) say(wrong)
    else if (!pupil) say('nobody on roll is called so in that class')
    else if (found.length > 1) say('several pupils are called so; write the class')
    else if (marks.some(({ childId }) => childId === pupil.childId)) say('this pupil stands there twice')
    else if (mark) {
      const leftAt = pupil.isTied ? index + 1 : undefined
      marks.push({ childId: pupil.childId, mark, atTime: at.kind === 'read' ? at.value : null, says, leftAt })
    }
  }
  return {
    marks: marks.flatMap(({ leftAt, ...mark }) => (leftAt === undefined ? [mark] : [])),
    leftLines: marks.flatMap(({ leftAt }) => leftAt ?? []),
    faults,
  }
}

function faultOf(mark: Mark | undefined, at: ReturnType<ReadTime>, says: string): string | undefined {
  if (!mark) return 'the mark must be present, late or absent'
  if (at.kind === 'wrong') return 'the time cannot be read; write it like 8:40am or 08:40'
  if (mark !== 'absent' && at.kind === 'none') return 'it needs the time of arrival'
  return says.length > saysMax ? `what stands beside the time must be ${saysMax} characters or fewer` : undefined
}
