import type { VNode } from 'preact'
import type { Actor } from '../../../access/index.ts'
import { localDate } from '../../../kernel/london-time.ts'
import { WarningText } from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { Caution } from '../../household/index.ts'
import type { FiltersRead } from '../filters.ts'
import type { ChildFile, Others } from '../queries.ts'
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
  readonly others: Exclude<Others, 'screen'>
}

/** What this paper holds and what it leaves out, as it stands on every sheet too. */
function holdsInWords({ request, chronology, read, others }: PrintProps): string {
  const shown = chronology.entries.length
  const cut = chronology.matching > shown ? ` The first ${shown} of ${chronology.matching} that match.` : ''
  return `${countInWords(request.profile, read.filters, { shown: chronology.matching, total: chronology.total })}, ${read.filters.order} first, ${
    read.filters.words ? 'with the full words' : 'headings only'
  }, other children’s names ${others === 'named' ? 'included' : 'left out'}.${cut}`
}

/** What is done about the names of other children, and what such a search cannot find. */
function NamesLeftOut({ others, namesSearched }: Pick<PrintProps, 'others' | 'namesSearched'>): VNode {
  if (others === 'named')
    return (
      <WarningText>
        Other children are named in this paper. It is for use inside the school: print it without their names for anybody else.
      </WarningText>
    )
  return (
    <>
      <strong>The names of other children are left out.</strong> In their place stands [child 2], [child 3] and so on, the same
      child by the same number throughout. The words were searched for the names of {counted(namesSearched, 'child', 'children')}{' '}
      as our lists have them, and for nothing else: a nickname, another spelling, a child who is in no list or a description by
      which somebody is known is still there. <strong>Read all of it before it leaves the school.</strong>
    </>
  )
}

function Before({ header, read, others }: Pick<PrintProps, 'header' | 'read' | 'others'>): VNode {
  const at = (words: boolean, named: boolean) => {
    const href = fileHref(header, { ...read.filters, words, page: 1 }).replace(
      `/children/${header.id}`,
      `/children/${header.id}/print`,
    )
    return named ? `${href}${href.includes('?') ? '&' : '?'}others=named` : href
  }
  const isNamed = others === 'named'
  const here = (words: boolean) => at(words, isNamed)
  return (
    <div class="hf-no-print">
      <p class="govuk-inset-text">
        This page is laid out for A4. Print it from your browser (Ctrl and P). That you opened it for printing is in the audit
        trail.{' '}
        <a class="govuk-link" href={here(!read.filters.words)}>
          {read.filters.words ? 'Leave out the words: headings only' : 'With the full words'}
        </a>
        <br />
        <a class="govuk-link" href={at(read.filters.words, !isNamed)}>
          {isNamed ? 'Leave out the names of other children' : 'Include the names of other children'}
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
export function printPage(request: PrintRequest, file: ChildFile, read: FiltersRead, others: Exclude<Others, 'screen'>): string {
  const props = { request, read, others, ...file }
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
      <Before header={header} read={read} others={others} />
      <span class="govuk-caption-l">{request.school.name}: child protection file</span>
      <h1 class="govuk-heading-l govuk-!-margin-bottom-3">{nameOf(header)}</h1>
      <WhoLine header={header} profile={request.profile} now={request.now} />
      <StatusTags header={header} profile={request.profile} now={request.now} />
      <Warnings header={header} />
      <Caution household={header.household} profile={request.profile} onPaper />
      <p class="govuk-body">
        <strong>What this paper holds.</strong> {holds} Entries that {request.someone.name} may not see are neither shown nor
        counted.
      </p>
      {others === 'named' ? (
        <NamesLeftOut {...props} />
      ) : (
        <p class="govuk-body">
          <NamesLeftOut {...props} />
        </p>
      )}
      <Facts header={header} profile={request.profile} now={request.now} onPaper />
      <Contents {...props} />
    </>,
  )
}
