import type { VNode } from 'preact'
import type { Actor } from '../../../access/index.ts'
import { localDate } from '../../../kernel/london-time.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { Caution } from '../../household/index.ts'
import type { FiltersRead } from '../filters.ts'
import type { ChildFile } from '../queries.ts'
import { layOutTimeline } from '../timeline.ts'
import { counted, countInWords } from '../words.ts'
import { Entries } from './chronology.tsx'
import { Facts, StatusTags, Warnings, WhoLine } from './header.tsx'
import { fileHref, nameAndBirth, nameOf } from './parts.tsx'
import { TimelinePicture } from './timeline-picture.tsx'

type PrintRequest = Request<'file.print', Actor>

interface PrintProps extends ChildFile {
  readonly request: PrintRequest
  readonly read: FiltersRead
}

/** What this paper holds and what it leaves out, as it stands on every sheet too. */
function holdsInWords({ request, chronology, read }: PrintProps): string {
  const shown = chronology.entries.length
  const cut = chronology.matching > shown ? ` The first ${shown} of ${chronology.matching} that match.` : ''
  return `${countInWords(request.profile, read.filters, { shown: chronology.matching, total: chronology.total })}, ${read.filters.order} first, ${
    read.filters.words ? 'with the full words' : 'headings only'
  }.${cut}`
}

function Before({ header, read }: Pick<PrintProps, 'header' | 'read'>): VNode {
  const here = (words: boolean) =>
    fileHref(header, { ...read.filters, words, page: 1 }).replace(`/children/${header.id}`, `/children/${header.id}/print`)
  return (
    <div class="hf-no-print">
      <p class="govuk-inset-text">
        This page is laid out for A4. Print it from your browser (Ctrl and P). That you opened it for printing is in the audit
        trail.{' '}
        <a class="govuk-link" href={here(!read.filters.words)}>
          {read.filters.words ? 'Leave out the words: headings only' : 'With the full words'}
        </a>
      </p>
    </div>
  )
}

function Contents(props: PrintProps): VNode {
  const { request, header, chronology, read } = props
  const timeline = layOutTimeline(chronology.points, header.statuses, read.filters, localDate(request.now))
  return (
    <>
      <h2 class="govuk-heading-m">Timeline</h2>
      {timeline ? (
        <TimelinePicture timeline={timeline} header={header} filters={read.filters} onPaper />
      ) : (
        <p class="govuk-body">There is nothing to draw.</p>
      )}
      <h2 class="govuk-heading-m">Chronology: {counted(chronology.entries.length, 'entry', 'entries')}</h2>
      <Entries chronology={chronology} profile={request.profile} now={request.now} onPaper />
      <p class="govuk-body">End of the chronology.</p>
    </>
  )
}

/** The file on paper: every sheet says school, child, who printed it and when, what it holds, and its number. */
export function printPage(request: PrintRequest, file: ChildFile, read: FiltersRead): string {
  const props = { request, read, ...file }
  const { header } = file
  const holds = holdsInWords(props)
  return pageFor(
    request,
    {
      title: `File of ${nameOf(header)}, to print`,
      back: { href: fileHref(header, { ...read.filters, words: false }), text: `Back to ${nameOf(header)}` },
      quickExit: true,
      wide: true,
      printedAbout: `${nameAndBirth(header)}. ${holds.replace(/\.$/, '')}`,
    },
    <>
      <Before header={header} read={read} />
      <span class="govuk-caption-l">{request.school.name}: child protection file</span>
      <h1 class="govuk-heading-l govuk-!-margin-bottom-3">{nameOf(header)}</h1>
      <WhoLine header={header} profile={request.profile} now={request.now} />
      <StatusTags header={header} profile={request.profile} now={request.now} />
      <Warnings header={header} />
      <Caution household={header.household} profile={request.profile} onPaper />
      <p class="govuk-body">
        <strong>What this paper holds.</strong> {holds} Entries that {request.someone.name} may not see are neither shown nor
        counted. Brothers and sisters are named as family; no child is named from a shared concern.
      </p>
      <Facts header={header} profile={request.profile} now={request.now} onPaper />
      <Contents {...props} />
    </>,
  )
}
