/** What a paste of pupils' answers says, or what is wrong with it. */
import { cellsOf, type PlainName, pupilsCalled } from '../attendance/index.ts'
import type { TrustedAdult } from './model.ts'
import type { SchoolPeople } from './store.ts'

export interface ReadTrust {
  readonly found: readonly TrustedAdult[]
  readonly faults: readonly string[]
}

/** What a line says, or what is wrong with it. */
function readLine(cells: readonly string[], { roll, adults }: SchoolPeople, plain: PlainName): TrustedAdult | string {
  const pupils = pupilsCalled(roll, cells, plain)
  const named = adults.filter(({ name }) => plain(name) === plain(cells[3] ?? ''))
  const [pupil] = pupils
  const [adult] = named
  if (cells.length < 4) return 'it needs family name, first name, class and the name of the adult'
  if (!pupil) return 'nobody on roll is called so in that class'
  if (pupils.length > 1) return 'several pupils are called so; write the class'
  if (pupil.isTied) return 'leave this pupil to a colleague'
  if (!adult) return 'nobody who works here is called so'
  return named.length > 1 ? 'several adults are called so' : { childId: pupil.childId, adultId: adult.adultId }
}

/** The answers of a paste: family name, first name, class, and the adult's name, one pupil a line. */
export function readTrust(text: string, people: SchoolPeople, plain: PlainName): ReadTrust {
  const lines = text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [{ line, number: index + 1 }]))
  const read = lines.map(({ line, number }) => ({ number, read: readLine(cellsOf(line), people, plain) }))
  const found = read.flatMap(one => (typeof one.read === 'string' ? [] : [one.read]))
  const twice = found.length !== new Set(found.map(({ childId }) => childId)).size
  return {
    found,
    faults: [
      ...read.flatMap(one => (typeof one.read === 'string' ? [`Line ${one.number}: ${one.read}.`] : [])),
      ...(twice ? ['One pupil stands there twice.'] : []),
    ],
  }
}
