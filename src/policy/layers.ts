import { byText } from '../kernel/ordering.ts'
import type { LayerFile, SchoolFile } from './language.ts'
import type { Layer } from './parse-layer.ts'
import type { Source } from './profile.ts'

export type SchoolLayer = Extract<Layer, { kind: 'schools' }>
export type AuthorityLayer = Extract<Layer, { kind: 'authorities' }>

/** All files of a policies folder. */
export interface Layers {
  readonly national: readonly Layer[]
  readonly authorities: readonly AuthorityLayer[]
  readonly trusts: readonly Layer[]
  readonly schools: readonly SchoolLayer[]
  /** What the one school that is looked at has decided above its files. */
  readonly decided?: readonly Layer[]
  /** The names of all contacts that are known outside their own file. */
  readonly contactNames: ReadonlySet<string>
}

/** Sorts the files into layers, national ones by edition so that a later edition overrides an earlier one. */
export function layersOf(all: readonly Layer[]): Layers {
  const byEdition = (a: Layer, b: Layer) => byText(firstEdition(a.data), firstEdition(b.data)) || byText(a.key, b.key)
  return {
    national: all.filter(layer => layer.kind === 'national').toSorted(byEdition),
    authorities: all.filter(layer => layer.kind === 'authorities'),
    trusts: all.filter(layer => layer.kind === 'trusts'),
    schools: all.filter(layer => layer.kind === 'schools'),
    contactNames: new Set(
      all.filter(layer => layer.kind !== 'schools').flatMap(layer => ownContacts(layer).map(key => contactName(layer, key))),
    ),
  }
}

type Editions = readonly Extract<LayerFile['edition'], { date: unknown }>[]
/** Asked for with every value that is read. */
const editionsKnown = new WeakMap<LayerFile, Editions>()

/** A file's editions, the earliest first. */
export function editionsOf(data: LayerFile): Editions {
  const known = editionsKnown.get(data)
  if (known) return known
  const editions = [data.edition].flat().toSorted((a, b) => byText(a.date, b.date))
  editionsKnown.set(data, editions)
  return editions
}

/** The date since which a file's undated values hold. */
export function firstEdition(data: LayerFile): string {
  return editionsOf(data)[0]?.date ?? ''
}

/** Whether names of this layer are known outside its file only with the file's key before them. */
function isQualified(layer: Layer): boolean {
  return layer.kind === 'authorities' || layer.kind === 'trusts'
}

/** The key under which a contact of this file is known to a profile. */
export function contactName(layer: Layer, key: string): string {
  return isQualified(layer) && !key.includes('.') ? `${layer.key}.${key}` : key
}

/** The contact that a file means by a key: its own, else another file's by its full name, else a national one. */
export function findContactName(layer: Layer, key: string, layers: Layers): string | undefined {
  if (Object.hasOwn(layer.data.contacts ?? {}, key)) return contactName(layer, key)
  return layers.contactNames.has(key) ? key : undefined
}

/** The contacts that a file defines; a key with a dot overrides another file's and defines none. */
function ownContacts(layer: Layer): readonly string[] {
  return Object.keys(layer.data.contacts ?? {}).filter(key => !key.includes('.'))
}

/** A source whose document is named as the profile's document list names it: a school's own plainly, others with their file's key. */
export function qualifiedSource(layer: Layer, source: Source): Source {
  return { document: documentName(layer, source.document), section: source.section }
}

/** The name of a file's document in a profile's document list. */
export function documentName(layer: Layer, document: string): string {
  // What the product sets and what the school sets itself are often both called `settings`: neither may pass for the other.
  return layer.kind === 'schools' ? document : `${layer.key}.${document}`
}

/** The authorities in the order in which a school meets them: its own, those it names, the rest. */
export function authoritiesFor(school: SchoolFile, layers: Layers): readonly AuthorityLayer[] {
  const named = [school.school.authority, ...(school.school.other_authorities ?? [])]
  const rank = (layer: AuthorityLayer) => (named.includes(layer.key) ? named.indexOf(layer.key) : named.length)
  return layers.authorities.toSorted((a, b) => rank(a) - rank(b) || byText(a.key, b.key))
}

/** The layers of one school from the farthest to the nearest. */
export function chainOf(school: SchoolLayer, layers: Layers): readonly Layer[] {
  const { authority, trust } = school.data.school
  return [
    ...layers.national,
    ...layers.authorities.filter(layer => layer.key === authority),
    ...layers.trusts.filter(layer => layer.key === trust),
    school,
    ...(layers.decided ?? []).filter(({ key }) => key === school.key),
  ]
}
