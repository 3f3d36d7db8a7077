import type { VNode } from 'preact'
import { Words } from '../../../web/components/index.ts'
import type { Explanation } from '../explanations/model.ts'
import { Explanations } from '../explanations/shown.tsx'
import { BodyFigure, sideNames } from './figure.tsx'
import { type BodySide, bodySides, findRegion } from './regions.ts'

/** A recorded injury, as the list and the picture show it. */
export interface ShownMark {
  readonly n: number
  readonly side: BodySide
  readonly region: string
  readonly x: number | null
  readonly y: number | null
  readonly description: string
  readonly sizeSays: string | null
  readonly colour: string | null
  /** Named where a concern is about several children. */
  readonly childName?: string | undefined
}

function placeOf(mark: ShownMark): { x: number; y: number } | undefined {
  if (mark.x !== null && mark.y !== null) return { x: mark.x, y: mark.y }
  return findRegion(mark.side, mark.region)?.pin
}

/** Marks on one spot are drawn side by side, so that each number can be read. */
function pinsOf(marks: readonly ShownMark[]): { n: number; x: number; y: number }[] {
  const pins: { n: number; x: number; y: number }[] = []
  for (const mark of marks) {
    const place = placeOf(mark)
    if (!place) continue
    const taken = pins.filter(pin => Math.hypot(pin.x - place.x, pin.y - place.y) < 4).length
    pins.push({ n: mark.n, x: place.x + taken * 14, y: place.y })
  }
  return pins
}

function Pin({ n, x, y }: { readonly n: number; readonly x: number; readonly y: number }): VNode {
  return (
    <g class="hf-pin" transform={`translate(${x} ${y})`}>
      <circle r="8" />
      <text text-anchor="middle" dy="4">
        {n}
      </text>
    </g>
  )
}

/** Where an injury is, as a person says it. */
export function placeName(side: BodySide, region: string): string {
  return findRegion(side, region)?.name ?? region
}

interface MarkItemProps {
  readonly mark: ShownMark
  readonly explanations: readonly Explanation[]
  readonly addHref: ((n: number) => string) | undefined
}

function MarkItem({ mark, explanations, addHref }: MarkItemProps): VNode {
  const says = [mark.sizeSays && `Size: ${mark.sizeSays}`, mark.colour && `Colour: ${mark.colour}`].filter(Boolean)
  return (
    <li value={mark.n}>
      <strong>
        {mark.childName && `${mark.childName}: `}
        {placeName(mark.side, mark.region)}
      </strong>
      <Words as="div">
        {mark.description}
        {says.length > 0 && `\n${says.join('. ')}.`}
      </Words>
      <Explanations explanations={explanations.filter(one => one.markN === mark.n)} />
      {addHref && (
        <p class="govuk-body hf-no-print">
          <a class="govuk-link" href={addHref(mark.n)}>
            Add how somebody says it happened<span class="govuk-visually-hidden"> (injury {mark.n})</span>
          </a>
        </p>
      )}
    </li>
  )
}

/** Injuries on the body, numbered, with the list beside it that says all that the picture shows. */
export function BodyMapPicture({
  marks,
  explanations,
  addHref,
  idPrefix = 'marks',
}: {
  readonly marks: readonly ShownMark[]
  /** How people say that the injuries came about, as far as the reader may see it. */
  readonly explanations: readonly Explanation[]
  /** Where a further explanation of an injury is added. */
  readonly addHref?: ((n: number) => string) | undefined
  readonly idPrefix?: string
}): VNode | null {
  if (marks.length === 0) return null
  const sides = bodySides.filter(side => marks.some(mark => mark.side === side))
  return (
    <div class="hf-marks">
      <div class="hf-body-map__sides">
        {sides.map(side => {
          const shown = marks.filter(mark => mark.side === side)
          return (
            <figure class="hf-body-map__side">
              <BodyFigure
                side={side}
                idPrefix={idPrefix}
                label={`${sideNames[side]} of the body, with ${shown.length === 1 ? 'injury' : 'injuries'} ${shown.map(mark => mark.n).join(', ')}`}
              >
                {pinsOf(shown).map(pin => (
                  <Pin {...pin} />
                ))}
              </BodyFigure>
              <figcaption>{sideNames[side]}</figcaption>
            </figure>
          )
        })}
      </div>
      <ol class="govuk-list govuk-list--number hf-marks__list">
        {marks.map(mark => (
          <MarkItem mark={mark} explanations={explanations} addHref={addHref} />
        ))}
      </ol>
    </div>
  )
}
