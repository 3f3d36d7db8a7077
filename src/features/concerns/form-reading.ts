import { type ChildId, isUuid } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { Profile } from '../../policy/profile.ts'
import type { FormValues } from '../../web/http/form-values.ts'
import type { OnDuty } from '../cover/index.ts'
import { plainName } from '../people/index.ts'
import { markFieldsOf, markPartNames } from './body-map/parse.ts'
import { rolesOnRoute } from './commands.ts'
import { describedChildId, rowsMax, rowsOf } from './form-fields.ts'
import type { FormFacts, FormQuestion, KnownAdult, KnownChild } from './form-model.ts'

/** Who fills the form in. Whoever has no account is shown no list of children or adults: they type names. */
export type FormWriter = 'colleague' | 'visitor'

/** Everything that the form is read and drawn with. */
export interface FormContext {
  readonly draftId: string
  readonly form: FormValues
  readonly facts: FormFacts
  /** Who in school can be reached now; nobody is named to visitors. */
  readonly onDuty: readonly OnDuty[]
  readonly profile: Profile
  readonly now: Instant
  readonly writer: FormWriter
  /** Where it is told whom to go to about an adult. */
  readonly adviceHref: string
  readonly helpHref: string
}

export function askingOf(form: FormValues, profile: Profile, writer: FormWriter): FormQuestion {
  const isVisitor = writer === 'visitor'
  return {
    childIds: isVisitor ? [] : chosenIds(form, 'child'),
    findChild: isVisitor ? '' : form.text('find-child').slice(0, 200),
    adultIds: isVisitor ? [] : [...new Set([...chosenIds(form, 'staff'), ...chosenIds(form, 'told')])],
    needsAdults: [
      'find-staff',
      'first-hand-name',
      'behalf-name',
      ...namesOfRows(form, 'harmer'),
      ...namesOfRows(form, 'at-risk'),
    ].some(name => form.text(name).trim() !== ''),
    roles: rolesOnRoute(profile),
  }
}

function namesOfRows(form: FormValues, group: string): string[] {
  return Array.from({ length: rowsOf(form, group) }, (_, index) => `${group}-${index + 1}-name`)
}

export function chosenIds(form: FormValues, name: string): string[] {
  const dropped = form.text('_do')
  return [...new Set(form.all(name))].filter(id => isUuid(id) && dropped !== `drop-${name}-${id}`)
}

function isMeantBy(typed: string, name: string): boolean {
  const words = plainName(typed).split(' ')
  const among = ` ${plainName(name)}`
  return words.every(word => among.includes(` ${word}`))
}

/** The adults whom a typed name may mean. */
export function adultsCalled(typed: string, adults: readonly KnownAdult[]): readonly KnownAdult[] {
  return plainName(typed) === '' ? [] : adults.filter(adult => isMeantBy(typed, adult.name))
}

const titles = new Set(['mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'rev', 'sir', 'madam', 'head', 'teacher', 'the', 'coach'])

/**
 * The adults of the school whom a visitor may mean: by their family name alone if that is all that was typed. Better one
 * person too many outside the concern than the one it is about inside.
 */
export function adultsMeantByVisitor(typed: string, adults: readonly KnownAdult[]): readonly KnownAdult[] {
  const words = namesIn(typed)
  if (words.length === 0) return []
  return adults.filter(adult => {
    const names = plainName(adult.name).split(' ')
    const family = names.at(-1) ?? ''
    return words.includes(family) || (words.length > 1 && words.every(word => names.includes(word)))
  })
}

function namesIn(text: string): string[] {
  return plainName(text)
    .split(' ')
    .filter(word => word.length > 1 && !titles.has(word))
}

/** The adults of the school who bear a typed name: one of the two says nothing that the other does not. */
export function adultsNamed(typed: string, adults: readonly KnownAdult[]): readonly KnownAdult[] {
  const words = namesIn(typed)
  if (words.length === 0) return []
  return adults.filter(adult => {
    const names = namesIn(adult.name)
    return words.every(word => names.includes(word)) || (names.length > 0 && names.every(name => words.includes(name)))
  })
}

/** The answer that whoever was typed under this name is none of the adults of the school; it holds for this name alone. */
export function noneOf(typed: string): string {
  return `none: ${plainName(typed)}`
}

/** Who may be meant by a name in the list of those who do not work here, apart from those who are chosen as working here. */
export function adultsToAskAbout({ form, facts, writer }: FormContext, typed: string): readonly KnownAdult[] {
  if (writer === 'visitor') return []
  const chosen = form.text('staff-involved') === 'yes' ? chosenIds(form, 'staff') : []
  return adultsNamed(typed, facts.adults).filter(adult => !chosen.includes(adult.adultId))
}

/** The search text that still waits for an answer: nothing chosen has that name. */
export function openSearch(typed: string, chosen: readonly { readonly name: string }[]): string {
  const text = typed.trim()
  return plainName(text) === '' || chosen.some(one => isMeantBy(text, one.name)) ? '' : text
}

/** A child whom the form describes instead of choosing. */
export interface DescribedChild {
  readonly n: number
  readonly child: KnownChild
}

/** The described children of whom anything was typed. */
export function describedChildren({ form, draftId }: Pick<FormContext, 'form' | 'draftId'>): readonly DescribedChild[] {
  return Array.from({ length: rowsOf(form, 'other-child') }, (_, index) => index + 1).flatMap(n => {
    const [given, family, description] = ['given', 'family', 'description'].map(part =>
      form.text(`other-child-${n}-${part}`).trim(),
    )
    if (!given && !family && !description) return []
    const name = `${given} ${family}`.trim() || `the child described as “${(description ?? '').slice(0, 40)}”`
    return [{ n, child: { childId: describedChildId(draftId, n), name, says: 'not in the list' } }]
  })
}

/** Chosen and described children together, in the form's order. */
export function childrenOf(context: FormContext): readonly KnownChild[] {
  const ids = chosenIds(context.form, 'child')
  const chosen = ids.flatMap(id => context.facts.chosen.filter(child => child.childId === id))
  return [...chosen, ...describedChildren(context).map(described => described.child)]
}

/** The form as that of another draft: a mark on a child who is described in it names the child by the draft's id. */
export function forDraft(form: FormValues, from: string, to: string): FormValues {
  const ids = new Map(
    Array.from({ length: rowsMax }, (_, index) => [describedChildId(from, index + 1), describedChildId(to, index + 1)] as const),
  )
  return form.with('mark.child', ...form.all('mark.child').map(id => ids.get(id as ChildId) ?? id))
}

/**
 * The form after a step that takes something away: what is kept in the draft no longer holds it. A step that adds an empty row
 * stays a wish of this one page.
 */
export function settled(form: FormValues): FormValues {
  const step = form.text('_do')
  if (!step.startsWith('drop-')) return form
  const marks = markFieldsOf(form)
  const without = form.with('child', ...chosenIds(form, 'child')).with('staff', ...chosenIds(form, 'staff'))
  return markPartNames
    .reduce((rest, part) => rest.with(`mark.${part}`, ...marks.map(mark => mark[part])), without)
    .with('_do', 'stay')
}
