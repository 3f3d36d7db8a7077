import type { VNode } from 'preact'
import type { Instant } from '../../../kernel/plain-date.ts'
import { SummaryList } from '../../../web/components/index.ts'
import { Views } from '../../patterns/index.ts'
import type { WithoutFileRow } from '../page-model.ts'
import { stateNames } from '../words.ts'
import { Moment, Words } from './parts.tsx'

const partNames: Readonly<Record<WithoutFileRow['parts'][number]['kind'], string>> = {
  reported: 'Reported',
  added: 'Added',
  triage: 'Triage',
  decision: 'Decision',
  closure: 'Closed',
}

/** About whom it is, as far as anybody knows. */
function titleOf({ atRisk, children, reference }: WithoutFileRow): string {
  const who = [...atRisk, ...children.map(({ name, description }) => [name, description].filter(Boolean).join(': '))]
  return `${who.join('; ') || 'Nobody is named yet'}, ${reference}`
}

function Row({ row, now }: { readonly row: WithoutFileRow; readonly now: Instant }): VNode {
  return (
    <SummaryList
      card={{ title: titleOf(row), headingLevel: 2 }}
      rows={[
        {
          key: 'Recorded',
          value: (
            <>
              <Moment at={row.recordedAt} now={now} />
              {row.urgent && ', urgent'}.{' '}
              <a class="govuk-link" href={`/concerns/${row.id}`}>
                The concern
              </a>
              : {stateNames[row.state].toLowerCase()}
              {row.ownerName && `, with ${row.ownerName}`}
            </>
          ),
        },
        ...row.parts.map(part => ({
          key: partNames[part.kind],
          value: (
            <>
              <Words>{part.says}</Words>
              <p class="hf-meta">
                <Moment at={part.at} now={now} />
                {part.byName && `, ${part.byName}`}
              </p>
            </>
          ),
        })),
        ...row.children.map(child => ({
          key: 'Who is it?',
          value: (
            <a class="govuk-link hf-no-print" href={`/concerns/${row.id}/move?from=${child.childId}`}>
              Move it to the child’s file once you know
            </a>
          ),
        })),
      ]}
    />
  )
}

/** What stands in nobody's file, with its words, so that it can be handed over on paper like a file. */
export function WithoutFilePage({
  rows,
  now,
  isCut,
}: {
  readonly rows: readonly WithoutFileRow[]
  readonly now: Instant
  readonly isCut: boolean
}): VNode {
  return (
    <>
      <h1 class="govuk-heading-l">Concerns in nobody’s file</h1>
      <Views here="/without-file" />
      <p class="govuk-body">
        Concerns about an adult at risk, and about a child whom nobody has identified yet. No child’s file holds them, so no file
        that is printed or sent does.
      </p>
      <p class="govuk-body">
        <strong>{rows.length === 1 ? '1 concern' : `${rows.length} concerns`}</strong>
        {isCut && ', the newest'}.{' '}
        <span class="hf-no-print">To print them or keep them as a document, use your browser (Ctrl and P).</span>
      </p>
      {rows.map(row => (
        <Row row={row} now={now} />
      ))}
    </>
  )
}
