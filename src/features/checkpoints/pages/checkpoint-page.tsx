import type { VNode } from 'preact'
import { type Checkpoint, spokenDigest } from '../../../audit/checkpoint.ts'
import { dateInWords } from '../../../kernel/london-time.ts'
import { SummaryList } from '../../../web/components/index.ts'

/** One checkpoint on a sheet of paper, to be filed outside the school's computers. */
export function CheckpointPage({ checkpoint, school }: { readonly checkpoint: Checkpoint; readonly school: string }): VNode {
  const split = (text: string) => <span class="hf-break">{text}</span>
  return (
    <>
      <h1 class="govuk-heading-l">Checkpoint of {dateInWords(checkpoint.day)}</h1>
      <p class="govuk-body hf-no-print">Print this page and file it where nobody who runs the server can reach it.</p>
      <p class="govuk-body">
        Of the audit trail of {school}. It says nothing about anybody, and nothing about how much happened. One like it is made
        every night.
      </p>
      <p class="govuk-body">
        Digest, to be read aloud or typed in: <strong class="govuk-!-font-size-24">{spokenDigest(checkpoint.text)}</strong>
      </p>
      <SummaryList
        rows={[
          { key: 'School', value: split(checkpoint.school) },
          { key: 'Night', value: checkpoint.day },
          { key: 'The one before', value: split(`${checkpoint.since} ${checkpoint.before}`) },
          { key: 'First chain', value: split(checkpoint.main) },
          { key: 'Second chain', value: split(checkpoint.conduct) },
          { key: 'Public key', value: split(checkpoint.key) },
          { key: 'Signature', value: split(checkpoint.signature) },
        ]}
      />
      <p class="govuk-body">
        Whoever checks the trail gives the digest to <strong>npm run audit:verify -- --digest</strong>.
      </p>
    </>
  )
}
