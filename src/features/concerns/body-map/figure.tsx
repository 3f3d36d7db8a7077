import type { VNode } from 'preact'
import type { Content } from '../../../web/components/index.ts'
import { type BodySide, type DrawnPart, drawnParts } from './regions.ts'
import { figure, type HalfShape } from './shapes.ts'

export const sideNames: Readonly<Record<BodySide, string>> = { front: 'Front', back: 'Back' }

function pathOf(shape: HalfShape, isPair: boolean): string {
  const [first, ...rest] = shape
  if (!first) return ''
  const line = rest.map(point => `${point.across} ${point.down}`).join(' ')
  return `M${first.across} ${first.down}L${line}${isPair ? 'z' : ''}`
}

/** The island reads the part, whether it has a left and a right, and where a mark stands that was chosen from the list. */
function PartPath({ part }: { readonly part: DrawnPart }): VNode {
  return (
    <path
      d={pathOf(part.shape, part.isPair)}
      data-part={part.id}
      data-pair={part.isPair ? '' : undefined}
      data-pin={part.pin.join(' ')}
    />
  )
}

export interface BodyFigureProps {
  readonly side: BodySide
  /** Makes the ids of this picture its own where a page has several. */
  readonly idPrefix: string
  /** What the picture shows, for those who do not see it; nothing where a list beside it says the same. */
  readonly label?: string | undefined
  readonly children?: Content
}

/** A child seen from the front or from behind, with whatever is to be shown on it. */
export function BodyFigure({ side, idPrefix, label, children }: BodyFigureProps): VNode {
  const half = `${idPrefix}-${side}-half`
  return (
    <svg
      class="hf-body"
      data-side={side}
      viewBox={`0 0 ${figure.width} ${figure.height}`}
      role={label === undefined ? undefined : 'img'}
      aria-label={label}
      aria-hidden={label === undefined ? 'true' : undefined}
      focusable="false"
    >
      <defs>
        <g id={half}>
          {drawnParts(side).map(part => (
            <PartPath part={part} />
          ))}
        </g>
      </defs>
      {(['outline', 'parts'] as const).map(layer => (
        <g class={`hf-body__${layer}`}>
          <use href={`#${half}`} transform={`translate(${figure.middle})`} />
          <use href={`#${half}`} transform={`matrix(-1 0 0 1 ${figure.middle} 0)`} />
        </g>
      ))}
      {children}
    </svg>
  )
}
