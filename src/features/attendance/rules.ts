/** Reads a week of attendance as the office pastes it. Pure. */
import type { ChildId } from '../../kernel/ids.ts'
import { addDays, type PlainDate, weekday } from '../../kernel/plain-date.ts'
import { type PupilOnRoll, sessionsMax } from './model.ts'

/** The Monday of the week in which a day lies. */
export function weekOf(day: PlainDate): PlainDate {
  return addDays(day, 1 - weekday(day))
}

/** What is wrong with two figures, if anything is. */
export function figuresFault(possible: number | undefined, attended: number | undefined): string | undefined {
  if (possible === undefined || attended === undefined) return 'both figures must be whole numbers'
  if (possible > sessionsMax) return `a week has at most ${sessionsMax} sessions`
  return attended > possible ? 'more sessions were attended than there were' : undefined
}

/** A whole number as it is typed; anything else is none. */
export function readFigure(text: string): number | undefined {
  return /^\d{1,3}$/.test(text.trim()) ? Number(text.trim()) : undefined
}

/** The cells of a line of a spreadsheet: by tabs as a paste has them, else by commas, with quotes where a name has one. */
export function cellsOf(line: string): string[] {
  if (line.includes('\t')) return line.split('\t').map(cell => cell.trim())
  return [...line.matchAll(/(?:^|,)(?:\s*"((?:[^"]|"")*)"\s*|([^,]*))/g)].map(([, quoted, plain]) =>
    (quoted?.replaceAll('""', '"') ?? plain ?? '').trim(),
  )
}

/** Names are compared as people write them: without case and accents. */
export type PlainName = (text: string) => string

export interface ReadWeek {
  readonly figures: readonly { readonly childId: ChildId; readonly possible: number; readonly attended: number }[]
  readonly faults: readonly string[]
}

/** Those on roll whom the first three cells of a line name. */
export function pupilsCalled(roll: readonly PupilOnRoll[], cells: readonly string[], plain: PlainName): readonly PupilOnRoll[] {
  const [family = '', given = '', className = ''] = cells.map(plain)
  return roll.filter(
    pupil =>
      plain(pupil.familyName) === family &&
      [pupil.givenName, pupil.knownAs ?? ''].some(name => name !== '' && plain(name) === given) &&
      (className === '' || plain(pupil.className ?? '') === className),
  )
}

/** The figures of a paste: family name, first name, class, possible, attended; a heading in the first line is passed over. */
export function readWeek(text: string, roll: readonly PupilOnRoll[], plain: PlainName): ReadWeek {
  const figures: ReadWeek['figures'][number][] = []
  const faults: string[] = []
  const lines = text.split('\n').map((line, index) => ({ line, number: index + 1 }))
  for (const { line, number } of lines) {
    if (line.trim() === '') continue
    const cells = cellsOf(line)
    const [possible, attended] = [readFigure(cells[3] ?? ''), readFigure(cells[4] ?? '')]
    if (number === 1 && possible === undefined && attended === undefined && cells.length >= 5) continue
    const wrong =
      cells.length < 5 ? 'it needs family name, first name, class, possible and attended' : figuresFault(possible, attended)
    const found = wrong ? [] : pupilsCalled(roll, cells, plain)
    const [pupil] = found
    if (wrong) faults.push(`Line ${number}: ${wrong}.`)
    else if (!pupil) faults.push(`Line ${number}: nobody on roll is called so in that class.`)
    else if (found.length > 1) faults.push(`Line ${number}: several pupils are called so; write the class.`)
    else if (figures.some(({ childId }) => childId === pupil.childId))
      faults.push(`Line ${number}: this pupil stands there twice.`)
    else figures.push({ childId: pupil.childId, possible: possible ?? 0, attended: attended ?? 0 })
  }
  return { figures, faults }
}
