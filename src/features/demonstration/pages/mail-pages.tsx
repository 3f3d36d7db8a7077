import { nearMomentInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { CaughtMail } from '../../../platform/mail-catcher.ts'
import { SummaryList, Table } from '../../../web/components/index.ts'
import { renderPage } from '../../../web/layout.tsx'

/** The mails that would have been sent. */
export function mailsPage(mails: readonly CaughtMail[], now: Instant): string {
  return renderPage({
    title: 'Mails of the demonstration',
    demonstration: true,
    nav: [],
    back: { href: '/demonstration', text: 'Demonstration accounts' },
    children: (
      <>
        <h1 class="govuk-heading-l">Mails of the demonstration</h1>
        <p class="govuk-body">A demonstration sends no mail. What it would have sent is kept here, the newest first.</p>
        {mails.length === 0 ? (
          <p class="govuk-body">There is none yet. Record a concern, and the safeguarding team&rsquo;s mails will appear here.</p>
        ) : (
          <Table
            caption="Mails"
            captionClass="govuk-visually-hidden"
            head={['When', 'To', 'Subject']}
            rows={mails.map(mail => [
              nearMomentInWords(mail.caughtAt, now),
              mail.to,
              <a class="govuk-link" href={`/demonstration/mail/${mail.number}`}>
                {mail.subject}
                <span class="govuk-visually-hidden"> (mail {mail.number})</span>
              </a>,
            ])}
          />
        )}
      </>
    ),
  })
}

/** One of them. */
export function mailPage(mail: CaughtMail, now: Instant): string {
  return renderPage({
    title: mail.subject,
    demonstration: true,
    nav: [],
    back: { href: '/demonstration/mail', text: 'Mails of the demonstration' },
    children: (
      <>
        <h1 class="govuk-heading-l">{mail.subject}</h1>
        <SummaryList
          rows={[
            { key: 'To', value: mail.to },
            { key: 'When', value: nearMomentInWords(mail.caughtAt, now) },
          ]}
        />
        {mail.text
          .trim()
          .split(/\n{2,}/)
          .map(paragraph => (
            <p class="govuk-body">{paragraph.split('\n').flatMap((line, index) => (index === 0 ? [line] : [<br />, line]))}</p>
          ))}
      </>
    ),
  })
}
