import type { VNode } from 'preact'
import { dayInWords } from '../../../kernel/london-time.ts'
import { InsetText } from '../../../web/components/index.ts'
import { disclosureDay } from '../disclosure-end.ts'
import { DateLine, Line, Reminders, remindersAt, type SectionProps } from './form-parts.tsx'

/** What the policy says of receiving a disclosure, where a child has told. */
export function DisclosureGuidance({ context: { profile } }: SectionProps): VNode | null {
  const reminders = remindersAt(profile, 'disclosure')
  if (reminders.length === 0) return null
  return (
    <InsetText>
      <p class="govuk-body govuk-!-font-weight-bold">When a child tells you</p>
      <Reminders reminders={reminders} />
    </InsetText>
  )
}

/** Asked where a child has told: when they had finished, so that it shows how soon the writing began. */
export function DisclosureEnd(section: SectionProps): VNode {
  const day = disclosureDay(section.context)
  return (
    <>
      <input type="hidden" name="ended-written-on" value={day} />
      <Line
        {...section}
        name="ended-time"
        label="If a child told you: at what time had they finished?"
        hint="As near as you know. For example, 9:40am or 14:15"
        width={10}
      />
      <DateLine {...section} name="ended" legend={`On which day, if it was not ${dayInWords(day)}?`} />
    </>
  )
}
