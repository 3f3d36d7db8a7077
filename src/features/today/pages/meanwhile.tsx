import type { ComponentChildren, VNode } from 'preact'
import { nearMomentInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import { Badge } from '../../../web/components/index.ts'
import { stateNames, waitInWords } from '../../triage/index.ts'
import type { MeanwhileFacts, MeanwhileRow } from '../model.ts'

function Section({
  id,
  title,
  says,
  children,
}: {
  readonly id: string
  readonly title: string
  readonly says: string
  readonly children: ComponentChildren
}): VNode {
  return (
    <section aria-labelledby={id}>
      <h2 class="govuk-heading-m" id={id}>
        {title}
      </h2>
      <p class="govuk-hint">{says}</p>
      <ul class="hf-today">{children}</ul>
    </section>
  )
}

function Who({ row, anchor }: { readonly row: MeanwhileRow; readonly anchor?: string }): VNode {
  return (
    <>
      <a class="govuk-link" href={`/concerns/${row.concernId}${anchor ?? ''}`}>
        {row.children.join(' and ') || 'A child not named yet'}
      </a>
      <span class="govuk-visually-hidden"> concern {row.reference}</span>
    </>
  )
}

function WhileAway({ rows, now }: { readonly rows: MeanwhileFacts['whileAway']; readonly now: Instant }): VNode | null {
  if (rows.length === 0) return null
  return (
    <Section
      id="while-away"
      title={`While you were away (${rows.length})`}
      says="You stay accountable. Each one leaves this list when you have opened it."
    >
      {rows.map(row => (
        <li class="hf-today__row">
          <div class="hf-today__what">
            <Who row={row} /> {row.urgent && <Badge kind="urgent" />}
          </div>
          <div>{row.says.join(' ')}</div>
          <div class="hf-meta">
            {stateNames[row.state]}. {row.ownerName ? `With ${row.ownerName}. ` : ''}Since {nearMomentInWords(row.since, now)}.{' '}
            {row.reference}
          </div>
        </li>
      ))}
    </Section>
  )
}

function Steps({ rows, now }: { readonly rows: MeanwhileFacts['steps']; readonly now: Instant }): VNode | null {
  if (rows.length === 0) return null
  return (
    <Section
      id="without-dsl"
      title={`Done without a DSL (${rows.length})`}
      says="Read what was done while no DSL could be reached, and countersign it."
    >
      {rows.map(row => (
        <li class="hf-today__row">
          <div class="hf-today__what">
            <Who row={row} anchor="#meanwhile" />
          </div>
          <div>
            {row.byName}, {nearMomentInWords(row.at, now)}: {row.withWhom}
          </div>
          <div class="hf-meta">
            {row.seenAt ? 'Read, not countersigned' : <strong>Unseen by DSL for {waitInWords(row.at, now)}</strong>}.{' '}
            {row.reference}
          </div>
        </li>
      ))}
    </Section>
  )
}

function HandBacks({ rows, now }: { readonly rows: MeanwhileFacts['handBacks']; readonly now: Instant }): VNode | null {
  if (rows.length === 0) return null
  return (
    <Section
      id="hand-backs"
      title={`Handed back to the DSL (${rows.length})`}
      says="Whoever stood in for the team tells you what was done."
    >
      {rows.map(row => (
        <li class="hf-today__row">
          <div class="hf-today__what">
            <Who row={row} anchor="#meanwhile" />
          </div>
          <div>
            {row.writtenAt
              ? `${row.byName} handed back ${nearMomentInWords(row.writtenAt, now)}. Read it.`
              : `${row.byName} has stood in since ${nearMomentInWords(row.openedAt, now)}; their note is not written yet.`}
          </div>
          <div class="hf-meta">{row.reference}</div>
        </li>
      ))}
    </Section>
  )
}

/** What happened in the reader's place, before everything else that waits. */
export function MeanwhileLists({ facts, now }: { readonly facts: MeanwhileFacts; readonly now: Instant }): VNode {
  return (
    <>
      <WhileAway rows={facts.whileAway} now={now} />
      <Steps rows={facts.steps} now={now} />
      <HandBacks rows={facts.handBacks} now={now} />
    </>
  )
}
