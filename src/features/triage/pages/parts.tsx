/** Small pieces that several pages of a concern share. */
import type { ComponentChildren, VNode } from 'preact'
import { dateInWords, nearMomentInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import { Words as OwnWords, Tag, type TagColour } from '../../../web/components/index.ts'
import type { ConcernState } from '../../concerns/index.ts'
import type { ConcernChild } from '../model.ts'
import { stateNames } from '../words.ts'

/** A moment as a person says it, with the exact one for machines. */
export function Moment({ at, now }: { readonly at: Instant; readonly now: Instant }): VNode {
  return <time dateTime={at}>{nearMomentInWords(at, now)}</time>
}

export function childName(child: Pick<ConcernChild, 'givenName' | 'familyName' | 'knownAs'>): string {
  const known = child.knownAs ? ` (known as ${child.knownAs})` : ''
  return `${child.givenName} ${child.familyName}${known}`.trim()
}

/** Name and class, and the birthday where two children share a name. */
export function childInWords(child: ConcernChild, others: readonly ConcernChild[] = []): string {
  const isNamesake = others.some(other => other.childId !== child.childId && childName(other) === childName(child))
  const details = [child.className, (isNamesake || !child.className) && child.born && `born ${dateInWords(child.born)}`].filter(
    Boolean,
  )
  return details.length > 0 ? `${childName(child)}, ${details.join(', ')}` : childName(child)
}

const stateColours: Readonly<Record<ConcernState, TagColour>> = {
  unreached: 'red',
  new: 'red',
  acknowledged: 'orange',
  triaged: 'orange',
  open: 'teal',
  closed: 'grey',
}

export function StateTag({ state }: { readonly state: ConcernState }): VNode {
  return <Tag colour={stateColours[state]}>{stateNames[state]}</Tag>
}

/** Somebody's own words, with their line breaks. */
export function Words({ children }: { readonly children: string }): VNode {
  return <OwnWords class="govuk-body">{children}</OwnWords>
}

export function Section({
  id,
  title,
  children,
}: {
  readonly id: string
  readonly title: string
  readonly children: ComponentChildren
}): VNode {
  return (
    <section aria-labelledby={id}>
      <h2 class="govuk-heading-m govuk-!-margin-top-6" id={id}>
        {title}
      </h2>
      {children}
    </section>
  )
}
