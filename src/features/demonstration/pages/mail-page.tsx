import type { VNode } from 'preact'
import type { CaughtMail } from '../../../platform/mail-catcher.ts'
import { SummaryList } from '../../../web/components/index.ts'

/** The mails that would have gone out. */
export function MailPage({ mails }: { mails: readonly CaughtMail[] }): VNode {
  return (
    <>
      <h1 class="govuk-heading-l">Mails</h1>
      {mails.length === 0 ? (
        <p class="govuk-body">No mail yet. When somebody is told of a concern, the mail that says so appears here.</p>
      ) : (
        mails.map(mail => (
          <SummaryList
            key={mail.id}
            rows={[
              { key: 'To', value: mail.to.join(', ') },
              { key: 'Subject', value: mail.subject },
              { key: 'Text', value: <span class="hf-words">{mail.text}</span> },
            ]}
          />
        ))
      )}
    </>
  )
}
