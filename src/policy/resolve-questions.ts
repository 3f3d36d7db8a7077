/** The questions, the household harm and the signs of a profile: of the layers together, the nearer in place of the farther. */
import { cited, holding, nearest, type View } from './layer-values.ts'
import type {
  AnswerClock,
  HouseholdHarm,
  NotReferredRule,
  Profile,
  Question,
  QuestionOption,
  Sign,
  SignGroup,
} from './profile.ts'

type Named = Pick<Profile['concern'], 'prompts' | 'triageCategories'>

type WrittenOption = NonNullable<NonNullable<View['chain'][number]['data']['questions']>[number]['options']>[number]

function startsOf({ starts }: WrittenOption): Pick<QuestionOption, 'starts'> {
  if (starts?.clock !== undefined) return { starts: { clock: starts.clock } }
  if (starts?.action !== undefined && starts.due) return { starts: { action: starts.action, due: starts.due } }
  return {}
}

function optionOf(option: WrittenOption): QuestionOption {
  const { id, name, hint, asks, adds, holds, rings, demands } = option
  return {
    id,
    name,
    ...(hint === undefined ? {} : { hint }),
    ...(asks === undefined ? {} : { asks }),
    ...(adds === undefined ? {} : { adds }),
    ...startsOf(option),
    ...(holds === undefined ? {} : { holds }),
    ...(rings === undefined ? {} : { rings }),
    ...(demands === undefined ? {} : { demands }),
  }
}

/** The clocks that an answer can start at this school. */
export function clocksOfAnswers(view: View): readonly AnswerClock[] {
  return view.chain.flatMap(layer =>
    holding(layer.data.questions, view.on).flatMap(question =>
      (question.options ?? []).flatMap(({ starts }) => (starts?.clock === undefined ? [] : [starts.clock])),
    ),
  )
}

/** What is asked, in the order of the layers, the farthest first. A question about nothing that this school can choose is not asked. */
export function questionsOf(view: View, named: Named): readonly Question[] {
  const found = new Map<string, Question>()
  for (const layer of view.chain)
    for (const { id, at, asks, hint, kind, options, categories, prompts, required, dated, counted, ...rest } of holding(
      layer.data.questions,
      view.on,
    )) {
      const known = {
        categories: (categories ?? []).filter(category => named.triageCategories.some(option => option.id === category)),
        prompts: (prompts ?? []).filter(prompt => named.prompts.some(option => option.id === prompt)),
        ...(rest.answers ? { answers: rest.answers } : {}),
      }
      const isConditional = categories !== undefined || prompts !== undefined || rest.answers !== undefined
      if (isConditional && known.categories.length + known.prompts.length + (rest.answers ?? []).length === 0) continue
      found.set(id, {
        id,
        at,
        asks,
        ...(hint === undefined ? {} : { hint }),
        kind,
        options: (options ?? []).map(optionOf),
        ...(isConditional ? { when: known } : {}),
        required: required ?? false,
        dated: dated ?? false,
        counted: counted ?? false,
        ...(rest.hide_below === undefined ? {} : { hideBelow: rest.hide_below }),
        ...(rest.settles === undefined ? {} : { settles: rest.settles }),
        ...cited(layer, rest),
      })
    }
  return [...found.values()]
}

/** The nearest layer's, whole. */
export function householdHarmOf(view: View): HouseholdHarm | undefined {
  return nearest(view, layer => {
    const [harm] = holding(layer.data.household_harm && [layer.data.household_harm], view.on)
    if (!harm) return undefined
    const { categories, prompts, caution, contact_question: contactQuestion } = harm
    return { categories, prompts, caution, ...(contactQuestion === undefined ? {} : { contactQuestion }), ...cited(layer, harm) }
  })
}

/** The nearest layer's, whole. */
export function notReferredOf(view: View): NotReferredRule | undefined {
  return nearest(view, layer => {
    const [rule] = holding(layer.data.not_referred && [layer.data.not_referred], view.on)
    if (!rule) return undefined
    const agencies = rule.agencies.map(({ id, name, hint }) => ({ id, name, ...(hint === undefined ? {} : { hint }) }))
    return { agencies, ...cited(layer, rule) }
  })
}

type WrittenGroup = NonNullable<View['chain'][number]['data']['signs']>[number]

function signOf(written: WrittenGroup['signs'][number]): Sign {
  const { id, name, within_weeks: withinWeeks } = written
  switch (written.kind) {
    case 'attendance-fall':
      return { id, name, withinWeeks, kind: written.kind, points: written.points, weeks: written.weeks }
    case 'words':
      return { id, name, withinWeeks, kind: written.kind, words: written.words }
    case 'concerns':
      return {
        id,
        name,
        withinWeeks,
        kind: written.kind,
        prompts: written.prompts ?? [],
        categories: written.categories ?? [],
        marks: written.marks ?? false,
        times: written.times,
      }
  }
}

/** The groups of signs; a nearer layer replaces a group whole. */
export function signsOf(view: View): readonly SignGroup[] {
  const found = new Map<string, SignGroup>()
  for (const layer of view.chain)
    for (const group of holding(layer.data.signs, view.on)) {
      const { id, title, says, together, signs } = group
      found.set(id, { id, title, says, together, signs: signs.map(signOf), ...cited(layer, group) })
    }
  return [...found.values()]
}
