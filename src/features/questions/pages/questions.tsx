/** The policy's questions on a form, and the answers on a page. */
import type { VNode } from 'preact'
import { dateInWords } from '../../../kernel/london-time.ts'
import type { Option, Profile, Question, QuestionOption } from '../../../policy/profile.ts'
import {
  Checkboxes,
  DateInput,
  Details,
  type FieldErrors,
  findError,
  Input,
  Radios,
  type SummaryRow,
  Textarea,
  Words,
} from '../../../web/components/index.ts'
import { dateTyped } from '../../../web/http/form-reader.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import { besideOf, dayFieldOf, fieldOf } from '../forms.ts'
import type { Answer } from '../model.ts'
import type { QuestionGroup } from '../rules.ts'

interface AskProps {
  readonly question: Question
  readonly form: FormValues
  readonly errors: FieldErrors
  /** Whom to ring, shown with an answer that says so. */
  readonly ringing?: VNode | undefined
}

function Beneath({ question, option, form, errors, ringing }: AskProps & { readonly option: QuestionOption }): VNode {
  return (
    <>
      {option.rings && ringing}
      {option.asks !== undefined && (
        <Textarea
          name={besideOf(question, option)}
          label={option.asks}
          rows={2}
          value={form.text(besideOf(question, option))}
          error={findError(errors, besideOf(question, option))}
          attributes={{ dir: 'auto' }}
        />
      )}
    </>
  )
}

function Options(props: AskProps): VNode {
  const { question, form, errors, ringing } = props
  const field = fieldOf(question)
  const items = question.options.map(option => ({
    value: option.id,
    label: option.name,
    hint: option.hint,
    conditional: (option.asks !== undefined || (option.rings && ringing)) && <Beneath {...props} option={option} />,
  }))
  const group = { name: field, legend: question.asks, legendSize: 's', hint: question.hint, look: 'small' } as const
  const error = findError(errors, field)
  return (
    <>
      {question.kind === 'one' ? (
        <Radios {...group} value={form.text(field)} error={error} items={items} />
      ) : (
        <Checkboxes {...group} values={form.all(field)} error={error} items={items} />
      )}
      {question.dated && (
        <DateInput
          id={dayFieldOf(question)}
          namePrefix={dayFieldOf(question)}
          legend="When was it seen?"
          legendSize="s"
          hint="Leave it empty for the day on which it happened."
          values={dateTyped(form, dayFieldOf(question))}
          error={findError(errors, `${dayFieldOf(question)}-day`)}
        />
      )}
    </>
  )
}

/** One question as a form asks it. */
export function Ask(props: AskProps): VNode {
  const { question, form, errors } = props
  const field = fieldOf(question)
  switch (question.kind) {
    case 'one':
    case 'several':
      return <Options {...props} />
    case 'words':
    case 'line': {
      const typed = {
        name: field,
        label: question.asks,
        hint: question.hint,
        value: form.text(field),
        error: findError(errors, field),
      }
      return question.kind === 'words' ? <Textarea {...typed} labelSize="s" rows={3} /> : <Input {...typed} labelSize="s" />
    }
    case 'date':
      return (
        <DateInput
          id={field}
          namePrefix={field}
          legend={question.asks}
          legendSize="s"
          hint={question.hint}
          values={dateTyped(form, field)}
          error={findError(errors, `${field}-day`)}
        />
      )
  }
}

function touches(questions: readonly Question[], form: FormValues, errors: FieldErrors): boolean {
  const names = questions.map(fieldOf)
  return (
    errors.some(error => names.some(name => error.field.startsWith(name))) ||
    names.some(name => form.names().some(typed => typed.startsWith(name) && form.text(typed) !== ''))
  )
}

export interface QuestionGroupsProps {
  readonly groups: readonly QuestionGroup[]
  /** The categories or prompts that open them, by name, and those that are chosen. */
  readonly openers: readonly Option[]
  readonly chosen: readonly string[]
  readonly form: FormValues
  readonly errors: FieldErrors
  readonly ringing?: VNode | undefined
}

function groupTitle({ openedBy }: QuestionGroup, openers: readonly Option[]): string {
  return `Only for: ${openedBy.map(id => openers.find(option => option.id === id)?.name ?? id).join('; ')}`
}

/** Questions that a category or a prompt opens are folded until it is chosen; the others are asked plainly. */
export function QuestionGroups({ groups, openers, chosen, form, errors, ringing }: QuestionGroupsProps): VNode {
  return (
    <>
      {groups.map(group => {
        const asks = group.questions.map(question => <Ask question={question} form={form} errors={errors} ringing={ringing} />)
        if (group.openedBy.length === 0) return asks
        const isOpen = group.openedBy.some(id => chosen.includes(id)) || touches(group.questions, form, errors)
        return (
          <Details
            summary={groupTitle(group, openers)}
            isOpen={isOpen}
            attributes={{ 'data-opened-by': group.openedBy.join(' ') }}
          >
            {asks}
          </Details>
        )
      })}
    </>
  )
}

/** The answers of one triage or decision as rows, in the order of the policy. */
export function answerRows(profile: Profile, answers: readonly Answer[]): SummaryRow[] {
  const ids = [...new Set([...profile.questions.map(question => question.id), ...answers.map(answer => answer.question)])]
  return ids.flatMap(id => {
    const given = answers.filter(answer => answer.question === id)
    if (given.length === 0) return []
    const question = profile.questions.find(one => one.id === id)
    return [{ key: question?.asks ?? id, value: <Given question={question} given={given} /> }]
  })
}

function Given({ question, given }: { readonly question: Question | undefined; readonly given: readonly Answer[] }): VNode {
  const chosen = given.flatMap(answer => (answer.option === null ? [] : [answer.option]))
  const known = question?.options ?? []
  const names = [
    ...known.filter(option => chosen.includes(option.id)).map(option => option.name),
    ...chosen.filter(id => !known.some(option => option.id === id)),
  ]
  const day = given.find(answer => answer.on !== null)?.on
  return (
    <>
      {names.join('; ')}
      {day && `${names.length > 0 ? ', ' : ''}${dateInWords(day)}`}
      {given.flatMap(answer => (answer.says === '' ? [] : [<Words>{answer.says}</Words>]))}
    </>
  )
}
