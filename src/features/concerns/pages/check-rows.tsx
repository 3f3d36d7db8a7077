import type { VNode } from 'preact'
import { dayInWords, momentInWords, timeInWords } from '../../../kernel/london-time.ts'
import { type Content, Words as OwnWords, type SummaryRow } from '../../../web/components/index.ts'
import { findRegion } from '../body-map/index.ts'
import { givenByInWords, treatmentInWords } from '../explanations/index.ts'
import { accountBoxes, behalfNames, involvementNames, wayItCameNames } from '../form-fields.ts'
import { childrenOf, type FormContext } from '../form-reading.ts'
import type { InvolvedAdult, NewConcern } from '../model.ts'
import { askedRows } from './form-asked.tsx'

export interface CheckedGroup {
  readonly title: string
  readonly rows: readonly SummaryRow[]
}

/** Somebody's own words, with their line breaks, in whatever direction they run. */
export function Words({ text }: { readonly text: string }): VNode {
  return text ? <OwnWords as="div">{text}</OwnWords> : <span class="hf-meta">Nothing written</span>
}

function Lines({ lines }: { readonly lines: readonly Content[] }): VNode {
  if (lines.length === 0) return <span class="hf-meta">Nobody</span>
  return (
    <ul class="govuk-list govuk-!-margin-bottom-0">
      {lines.map(line => (
        <li>{line}</li>
      ))}
    </ul>
  )
}

function named(adults: readonly InvolvedAdult[], ...involvements: InvolvedAdult['involvement'][]): readonly InvolvedAdult[] {
  return adults.filter(adult => involvements.includes(adult.involvement))
}

function adultLine(adult: InvolvedAdult): string {
  const saw = adult.involvement === 'witness' ? ' (saw or heard it)' : ''
  return `${adult.name}${adult.relation ? `, ${adult.relation}` : ''}${saw}${adult.toldAt ? `, ${momentInWords(adult.toldAt)}` : ''}`
}

function whenInWords(concern: NewConcern): string {
  const day = concern.happenedOn ? dayInWords(concern.happenedOn) : concern.happenedSays
  return `${day}${concern.happenedAtTime ? ` at ${timeInWords(concern.happenedAtTime)}` : ''}`
}

type Change = (field: string, hidden: string) => Pick<SummaryRow, 'actions'>

function childRows(concern: NewConcern, context: FormContext, change: Change): SummaryRow[] {
  const children = childrenOf(context)
  return concern.children.map(({ childId, involvement }) => {
    const child = children.find(one => one.childId === childId)
    const described = concern.newChildren.find(one => one.childId === childId)
    return {
      key: child?.name ?? '',
      value: (
        <>
          {child?.says && <p class="govuk-body">{child.says}</p>}
          {described?.description && <Words text={described.description} />}
          {involvementNames[involvement]}
        </>
      ),
      ...change(context.writer === 'visitor' ? 'other-child-1-given' : 'find-child', 'the children'),
    }
  })
}

/** The adults for whom it is a worry. Somebody of the school is shown once, however many of that name there are. */
function atRiskRows(concern: NewConcern, change: Change): SummaryRow[] {
  const lines = [...new Set(named(concern.adults, 'at-risk').map(adultLine))]
  return lines.length > 0
    ? [{ key: 'I am worried for this adult', value: <Lines lines={lines} />, ...change('at-risk-1-name', 'the adult at risk') }]
    : []
}

function whatRows(concern: NewConcern, { profile }: FormContext, change: Change): SummaryRow[] {
  const names = concern.prompts.flatMap(id =>
    profile.concern.prompts.filter(prompt => prompt.id === id).map(prompt => prompt.name),
  )
  const category = profile.concern.reporterCategories.find(option => option.id === concern.category)
  return [
    {
      key: 'What made you worried',
      value: names.length > 0 ? <Lines lines={names} /> : 'You did not say',
      ...change('prompt', 'what made you worried'),
    },
    ...(profile.concern.reporterCategories.length > 0
      ? [{ key: 'Category', value: category?.name ?? 'None chosen', ...change('category', 'the category') }]
      : []),
    {
      key: 'Can it wait?',
      value: concern.urgent ? 'No: somebody may be harmed today' : 'You did not say that it is urgent',
      ...change('urgent', 'whether it is urgent'),
    },
  ]
}

function explainedInWords({ explanation, explained }: NewConcern['marks'][number]): string {
  const who = givenByInWords({ givenBy: explained?.givenBy ?? 'child', givenSays: explained?.givenSays ?? '' })
  const treatment = treatmentInWords({
    treatment: explained?.treatment ?? null,
    treatmentSays: explained?.treatmentSays ?? '',
  })
  return [explanation && `${who} says: “${explanation}”`, treatment].filter(Boolean).join('\n')
}

function markRows(concern: NewConcern, context: FormContext, change: Change): SummaryRow[] {
  const children = childrenOf(context)
  return concern.marks.map((mark, index) => ({
    key: `Injury ${index + 1}: ${findRegion(mark.side, mark.region)?.name ?? mark.region} (${mark.side})`,
    value: (
      <>
        {concern.children.length > 1 && <p class="govuk-body">{children.find(child => child.childId === mark.childId)?.name}</p>}
        <Words text={[mark.description, mark.sizeSays, mark.colour, explainedInWords(mark)].filter(Boolean).join('\n')} />
      </>
    ),
    ...change('injury', 'the injuries'),
  }))
}

function peopleRows(concern: NewConcern, context: FormContext, change: Change): SummaryRow[] {
  const alleged = named(concern.adults, 'alleged')
  const told = named(concern.adults, 'told')
  // What a visitor typed is shown back as typed: whether anybody of that name works here is not theirs to learn.
  const staff =
    context.writer === 'visitor' && context.form.text('staff-involved') === 'yes' ? [context.form.text('find-staff')] : []
  const isTyped = (adult: InvolvedAdult) => context.writer === 'colleague' || !staff.includes(adult.name)
  return [
    {
      key: 'Were there, saw or heard it',
      value: <Lines lines={named(concern.adults, 'witness', 'present').map(adultLine)} />,
      ...change('witness-1-name', 'who was there'),
    },
    {
      key: 'Adults said to have harmed, or whom it is partly about',
      // Several adults may bear the name that a visitor typed: it is shown once, whether or not anybody does.
      value: <Lines lines={[...new Set([...staff, ...alleged.filter(isTyped).map(adultLine)])]} />,
      ...change('harmer-1-name', 'the adults it is about'),
    },
    {
      key: 'Told by voice',
      value: concern.voiceTold ? (
        <Lines lines={told.map(adultLine)} />
      ) : concern.voiceTold === false ? (
        'Nobody yet'
      ) : (
        'You did not say'
      ),
      ...change('voice', 'whom you told'),
    },
  ]
}

/** Whose account this is, where the writer did not see or hear it; whether they are asked is not the writer's to learn. */
function firstHandRows({ firstHand, reporter }: NewConcern, { facts }: FormContext, change: Change): SummaryRow[] {
  const own = reporter.kind === 'on-behalf' && facts.adults.find(adult => adult.adultId === reporter.ownAccountBy)
  return [
    ...(firstHand
      ? [
          {
            key: 'Second-hand',
            value: `Seen or heard by ${firstHand.name}${firstHand.adultId ? '' : ', who has no account here'}, not by you`,
            ...change('second-hand', 'who saw or heard it'),
          },
        ]
      : []),
    ...(own ? [{ key: 'Writes it too', value: own.name, ...change('behalf-id', 'who writes it too') }] : []),
  ]
}

function reporterRows({ reporter }: NewConcern, change: Change): SummaryRow[] {
  switch (reporter.kind) {
    case 'self':
      return []
    case 'on-behalf':
      return [
        {
          key: 'Written for',
          value: `${reporter.name}. ${behalfNames[reporter.reason]}`,
          ...change('behalf', 'whom you write for'),
        },
        ...(reporter.firstWrittenAt
          ? [
              {
                key: 'First written or said',
                value: momentInWords(reporter.firstWrittenAt),
                ...change('behalf-day', 'when it was first written'),
              },
            ]
          : []),
      ]
    case 'visitor':
      return [
        { key: 'Your name', value: reporter.name, ...change('reporter-name', 'your name') },
        {
          key: 'How to reach you',
          value: reporter.contact || 'You gave none',
          ...change('reporter-contact', 'how to reach you'),
        },
      ]
  }
}

/** Everything that will be recorded, by heading, each with a way to change it. */
export function checkedGroups(
  concern: NewConcern,
  context: FormContext,
  changeHref: ((field: string) => string) | undefined,
): readonly CheckedGroup[] {
  const change: Change = (field, hiddenText) =>
    changeHref ? { actions: [{ href: changeHref(field), text: 'Change', hiddenText }] } : {}
  const account = accountBoxes.map(box => ({
    key: box.says,
    value: <Words text={concern.account[box.key]} />,
    ...change(box.name, box.says),
  }))
  const came = concern.came
    ? [{ key: 'How it reached us', value: wayItCameNames[concern.came], ...change('came', 'how it reached us') }]
    : []
  const when = [
    { key: 'When', value: whenInWords(concern), ...change('happened', 'when it happened') },
    ...(concern.lateReason
      ? [
          {
            key: 'Written only now because',
            value: <Words text={concern.lateReason} />,
            ...change('late-reason', 'why only now'),
          },
        ]
      : []),
    ...(concern.disclosureEndedAt
      ? [
          {
            key: 'The child had finished telling',
            value: momentInWords(concern.disclosureEndedAt),
            ...change('ended-time', 'when the child had finished telling'),
          },
        ]
      : []),
    { key: 'Where', value: <Words text={concern.location} />, ...change('location', 'where it happened') },
  ]
  return [
    { title: 'Children', rows: childRows(concern, context, change) },
    { title: 'Adults at risk', rows: atRiskRows(concern, change) },
    { title: 'The worry', rows: whatRows(concern, context, change) },
    { title: 'What happened', rows: [...account, ...came, ...firstHandRows(concern, context, change)] },
    { title: 'What our policy asks as well', rows: askedRows(concern, context, change) },
    { title: 'Injuries or marks', rows: markRows(concern, context, change) },
    { title: 'When and where', rows: when },
    { title: 'Other people', rows: peopleRows(concern, context, change) },
    { title: 'Who reports it', rows: reporterRows(concern, change) },
  ].filter(group => group.rows.length > 0)
}
