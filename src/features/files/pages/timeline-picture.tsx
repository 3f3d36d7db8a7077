import type { VNode } from 'preact'
import { dateInWords } from '../../../kernel/london-time.ts'
import { Scroll } from '../../../web/components/index.ts'
import { statusNames } from '../../people/index.ts'
import { isFiltered, narrowedTo } from '../filters.ts'
import type { FileFilters, FileHeader, FileStatus } from '../model.ts'
import { type Mark, type Span, type Timeline, tickInWords } from '../timeline.ts'
import { counted, kindNames } from '../words.ts'
import { fileHref, hrefOf } from './parts.tsx'

interface PictureProps {
  readonly timeline: Timeline
  readonly header: FileHeader
  readonly filters: FileFilters
  /** A mark leads nowhere on paper. */
  readonly onPaper?: boolean
}

function statusName(status: FileStatus): string {
  return (statusNames as Readonly<Record<string, string>>)[status.status] ?? status.status
}

function markInWords(mark: Mark): string {
  const names = kindNames[mark.kind]
  if (mark.single) return `${names.one}, ${dateInWords(mark.from)}: ${mark.single.heading ?? ''}`
  const days = mark.from === mark.to ? dateInWords(mark.from) : `${dateInWords(mark.from)} to ${dateInWords(mark.to)}`
  return `${names.several}: ${counted(mark.count, 'entry', 'entries')}, ${days}${mark.urgent ? ', one urgent or more' : ''}`
}

function MarkShape({ mark }: { readonly mark: Mark }): VNode {
  return (
    <>
      <circle
        class={mark.urgent ? 'hf-timeline__mark hf-timeline__mark--urgent' : 'hf-timeline__mark'}
        cx={mark.x}
        cy={mark.y}
        r={mark.count > 1 ? 11 : 8}
      />
      {mark.count > 1 && (
        <text class="hf-timeline__count" x={mark.x} y={mark.y + 4} text-anchor="middle">
          {mark.count > 99 ? '99+' : mark.count}
          {mark.urgent && mark.count < 100 && '!'}
        </text>
      )}
      {mark.count === 1 && mark.urgent && (
        <text class="hf-timeline__count" x={mark.x} y={mark.y + 4} text-anchor="middle">
          !
        </text>
      )}
    </>
  )
}

function MarkLink({ mark, header, filters, onPaper }: Omit<PictureProps, 'timeline'> & { readonly mark: Mark }): VNode {
  const says = markInWords(mark)
  if (onPaper) return <MarkShape mark={mark} />
  const several = fileHref(header, narrowedTo(filters, mark.kind, mark.from, mark.to), '#chronology')
  const href = mark.single ? (hrefOf(mark.single) ?? `#e-${mark.single.id}`) : several
  return (
    <a class="hf-timeline__link" href={href} aria-label={says}>
      <title>{says}</title>
      <rect class="hf-timeline__target" x={mark.box.x} y={mark.box.y} width={mark.box.width} height={mark.box.height} rx={4} />
      <MarkShape mark={mark} />
    </a>
  )
}

function StatusBar({ span, left }: { readonly span: Span; readonly left: number }): VNode {
  return (
    <g>
      <title>{statusName(span.status)}</title>
      <text x={0} y={span.y + 11}>
        {statusName(span.status).slice(0, 24)}
      </text>
      <rect class="hf-timeline__span" x={span.x1} y={span.y} width={Math.max(3, span.x2 - span.x1)} height={14} />
      {span.beganBefore && <path class="hf-timeline__axis" d={`M${left + 8} ${span.y + 2}l-5 5l5 5`} fill="none" />}
    </g>
  )
}

function Axis({ timeline }: { readonly timeline: Timeline }): VNode {
  const { ticks, axisY, left, width, height, lanes } = timeline
  return (
    <>
      <line class="hf-timeline__axis" x1={left} x2={width - 20} y1={axisY} y2={axisY} />
      {ticks.map(tick => (
        <>
          <line class="hf-timeline__tick" x1={tick.x} x2={tick.x} y1={axisY} y2={height} />
          <text x={tick.x} y={axisY - 8} text-anchor="middle">
            {tickInWords(tick.on)}
          </text>
        </>
      ))}
      {lanes.map(lane => (
        <>
          <line class="hf-timeline__lane" x1={left} x2={width - 20} y1={lane.y + 16} y2={lane.y + 16} />
          <text x={0} y={lane.y + 21}>
            {kindNames[lane.kind].several} ({lane.count})
          </text>
        </>
      ))}
    </>
  )
}

function Silences({ timeline, filters }: Pick<PictureProps, 'timeline' | 'filters'>): VNode | null {
  if (timeline.gaps.length === 0) return null
  return (
    <p class="govuk-body" id="timeline-gaps">
      {isFiltered(filters) ? 'Without any of the entries chosen' : 'Without any entry'} (shaded):{' '}
      {timeline.gaps
        .map(gap => `${dateInWords(gap.from)} to ${dateInWords(gap.to)}, ${counted(Math.floor(gap.days / 7), 'week')}`)
        .join('; ')}
      .
    </p>
  )
}

/** The file drawn: statuses as bars, a lane for each kind of entry, silences shaded. The chronology below carries the same facts. */
export function TimelinePicture(props: PictureProps): VNode {
  const { timeline, header, filters } = props
  const top = timeline.lanes[0]?.y ?? 0
  return (
    <figure class="hf-timeline" aria-labelledby="timeline-says">
      <figcaption class="govuk-body" id="timeline-says">
        From {dateInWords(timeline.from)} to {dateInWords(timeline.to)}. A mark leads to its entry; a number counts entries that
        lie close together; “!” is urgent. The same facts stand in the statuses above and in the chronology below.
      </figcaption>
      <Scroll label="The drawn timeline">
        {/* biome-ignore lint/a11y/useSemanticElements: a picture that holds links is a group; SVG has no fieldset */}
        <svg
          viewBox={`0 0 ${timeline.width} ${timeline.height}`}
          class="hf-timeline__picture"
          role="group"
          aria-labelledby="timeline-says"
        >
          {timeline.gaps.map(gap => (
            <rect
              class="hf-timeline__gap"
              x={gap.x1}
              y={top}
              width={Math.max(1, gap.x2 - gap.x1)}
              height={timeline.height - top}
            />
          ))}
          <Axis timeline={timeline} />
          {timeline.spans.map(span => (
            <StatusBar span={span} left={timeline.left} />
          ))}
          {timeline.marks.map(mark => (
            <MarkLink mark={mark} header={header} filters={filters} onPaper={props.onPaper ?? false} />
          ))}
        </svg>
      </Scroll>
      <Silences timeline={timeline} filters={filters} />
    </figure>
  )
}
