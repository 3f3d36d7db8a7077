/** What stands twice where it can only count once, or stands where it can never count: names in a list, options of a question, chains for the same case. */
import type { Entry, List } from './check-series.ts'
import type { FieldFault, FieldPath } from './faults.ts'
import type { LayerFile } from './language.ts'
import type { Layer } from './parse-layer.ts'
import { givesMoreTime } from './statute.ts'

const wrong = (path: FieldPath, says: string, remedy: string): FieldFault => ({ path, on: 'value', says, remedy })

/** Names given twice, and what can never hold beside another. */
export function twiceFaults(layer: Layer, entries: readonly Entry[], lists: readonly List[]): FieldFault[] {
  const { data } = layer
  return [
    ...lists.flatMap(nameTwice),
    ...lists.flatMap(idTwice),
    ...teamTwice(data),
    ...emergencyTwice(data),
    ...chainsTwice(data),
    ...entries.flatMap(warnedTooLate),
    ...entries.flatMap(neverOpen),
  ]
}

/** The same word twice in one list: a role that a step tells twice, a contact that is shown twice. */
function nameTwice([list, path]: List): FieldFault[] {
  if (!list.every(one => typeof one === 'string')) return []
  return list.flatMap((name, index) =>
    list.indexOf(name) < index
      ? [wrong([...path, index], `"${name}" stands here twice.`, 'Name it once, or name the other that was meant.')]
      : [],
  )
}

/** Lists whose entries are told apart by their id alone, wherever they stand. */
const byId: ReadonlySet<unknown> = new Set(['options', 'choices', 'reasons', 'agencies', 'tags', 'places', 'wording', 'rules'])

function idTwice([list, path]: List): FieldFault[] {
  // Prompts and categories have a sentence of their own.
  if (!byId.has(path.at(-1)) || path[0] === 'concern') return []
  const ids = list.map(one => (one as { id?: string } | null)?.id)
  return ids.flatMap((id, index) =>
    id !== undefined && ids.indexOf(id) < index
      ? [wrong([...path, index, 'id'], `id "${id}" is given twice.`, 'Rename or remove one of them.')]
      : [],
  )
}

interface Span {
  readonly from?: string | undefined
  readonly until?: string | undefined
}

function meet(one: Span, other: Span): boolean {
  return (one.from ?? '') <= (other.until ?? '9999') && (other.from ?? '') <= (one.until ?? '9999') && one.from === other.from
}

/** One post has one title and one contact. */
function teamTwice(data: LayerFile): FieldFault[] {
  const team = 'team' in data ? (data.team ?? []) : []
  return team.flatMap((member, index) =>
    team.slice(0, index).some(earlier => earlier.role === member.role && meet(earlier, member))
      ? [
          wrong(
            ['team', index, 'role'],
            `The post of the ${member.role} is given twice.`,
            'Keep one: several people may hold the same post, and their names are kept in the product.',
          ),
        ]
      : [],
  )
}

function emergencyTwice({ emergency = [] }: LayerFile): FieldFault[] {
  return emergency.flatMap((entry, index) =>
    emergency.slice(0, index).some(earlier => earlier.contact === entry.contact && meet(earlier, entry))
      ? [
          wrong(
            ['emergency', index, 'contact'],
            `"${entry.contact}" stands here twice.`,
            'Say in one sentence when it is called.',
          ),
        ]
      : [],
  )
}

/** Of two chains for the very same case only the first is ever followed. */
function chainsTwice(data: LayerFile): FieldFault[] {
  const chains = data.conduct?.chains ?? []
  const caseOf = ({ kind = 'conduct', about, believed }: (typeof chains)[number]) =>
    JSON.stringify([kind, about?.holds, about?.relative_of, about?.conflict_of_interest, believed])
  return chains.flatMap((chain, index): FieldFault[] => {
    const earlier = chains.slice(0, index).find(one => caseOf(one) === caseOf(chain) && one.id !== chain.id && meet(one, chain))
    return earlier
      ? [
          wrong(
            ['conduct', 'chains', index, 'id'],
            `The chain "${chain.id}" is never followed: "${earlier.id}" is for the very same case and stands before it.`,
            'Say with about or believed for which case it is, or remove one of them.',
          ),
        ]
      : []
  })
}

type Time = Parameters<typeof givesMoreTime>[0]
interface Timed {
  readonly value: Time
}

/** A warning that comes after what it warns of. */
function warnedTooLate([entry, path]: Entry): FieldFault[] {
  const { warned, within } = entry as { warned?: { value?: readonly Time[] }; within?: Timed }
  const due = within?.value
  if (!Array.isArray(warned?.value) || due === undefined) return []
  return warned.value.flatMap((time: Time, index: number) =>
    givesMoreTime(time, due)
      ? [
          wrong(
            [...path, 'warned', 'value', index],
            'The warning comes after the time of which it warns.',
            'Write a shorter time than that under within, or take the warning out.',
          ),
        ]
      : [],
  )
}

/** Hours that begin and end at the same moment. */
function neverOpen([entry, path]: Entry): FieldFault[] {
  const { days, from, to } = entry
  if (!Array.isArray(days) || typeof from !== 'string' || from !== to) return []
  return [
    wrong(
      [...path, 'to'],
      `It opens and closes at ${from}.`,
      'Correct one of the two times; for the whole day write "00:00" to "23:59".',
    ),
  ]
}
