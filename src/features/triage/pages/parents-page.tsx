import type { VNode } from 'preact'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import { Badge, findError, Input, Radios, SummaryList, Textarea } from '../../../web/components/index.ts'
import { Caution } from '../../household/index.ts'
import { type ConcernFacts, parentOutcomes } from '../model.ts'
import type { ChildKnown } from '../page-model.ts'
import { childrenNow } from '../rules.ts'
import { isAtReferral, withheldRuleOf } from '../withheld.ts'
import { parentOutcomeNames } from '../words.ts'
import { concernTitle } from './concern-page.tsx'
import { FormFrame, type FormFrameProps, FormHead } from './form-frame.tsx'
import { HeldBack } from './held-back.tsx'
import { childInWords } from './parts.tsx'
import { Ringable } from './ring-now.tsx'
import { WithheldFields } from './withheld-fields.tsx'

export interface ParentsPageProps extends FormFrameProps {
  readonly profile: Profile
  readonly now: Instant
  readonly concern: ConcernFacts
  readonly known: readonly ChildKnown[]
  /** Nobody speaks with them until the DSL says so. */
  readonly heldBy: readonly string[]
  /** Those of the team who may agree that they are not told. */
  readonly colleagues: readonly { readonly adultId: string; readonly name: string }[]
}

function Contacts({ concern, known, profile }: Pick<ParentsPageProps, 'concern' | 'known' | 'profile'>): VNode {
  const household = known.flatMap(child => child.household)
  return (
    <>
      <Caution household={household} profile={profile} />
      <SummaryList
        rows={childrenNow(concern).map(child => {
          const contacts = known.find(({ childId }) => childId === child.childId)?.contacts ?? []
          return {
            key: childInWords(child, concern.children),
            value:
              contacts.length === 0 ? (
                'Nobody is listed to contact.'
              ) : (
                <>
                  {contacts
                    .filter(contact => contact.barred)
                    .map(contact => (
                      <p class="govuk-body">
                        <Badge kind="urgent">Must not be contacted</Badge> <strong>{contact.name}</strong>, {contact.relation}.{' '}
                        {contact.barredReason}
                      </p>
                    ))}
                  <Ringable
                    contacts={contacts
                      .filter(contact => !contact.barred)
                      .map(contact => ({ name: contact.name, phone: contact.phone ?? undefined, detail: contact.relation }))}
                  />
                </>
              ),
          }
        })}
      />
    </>
  )
}

/** Telling parents, not telling them and asking for advice first are decisions, for each child. */
export function ParentsPage(props: ParentsPageProps): VNode {
  const { profile, concern, known, form, errors } = props
  const children = childrenNow(concern)
  const withheld = withheldRuleOf(profile, concern)
  const reminders = profile.concern.reminders.filter(reminder => reminder.at === 'parents')
  return (
    <>
      <FormHead
        caption={`${concernTitle(concern)}, ${concern.reference}`}
        title="What parents know"
        errors={errors}
        notice={props.notice}
      />
      {props.heldBy.length > 0 && <HeldBack concernIds={props.heldBy} />}
      {reminders.map(reminder => (
        <p class="govuk-body">{reminder.says}</p>
      ))}
      <Contacts concern={concern} known={known} profile={profile} />
      <FormFrame frame={props} save="Save" cancelHref={`/concerns/${concern.id}`}>
        {children.length > 1 && (
          <Radios
            name="child"
            legend="Whose parents?"
            legendSize="s"
            value={form.text('child')}
            error={findError(errors, 'child')}
            items={children.map(child => ({ value: child.childId, label: childInWords(child, children) }))}
          />
        )}
        <Radios
          name="outcome"
          legend="Were they told?"
          legendSize="s"
          value={form.text('outcome')}
          error={findError(errors, 'outcome')}
          items={parentOutcomes.map(outcome => ({ value: outcome, label: parentOutcomeNames[outcome] }))}
        />
        <Input
          name="who"
          label="Who was told, or who gave advice"
          labelSize="s"
          hint="Name and how they belong to the child or the agency."
          value={form.text('who')}
          error={findError(errors, 'who')}
        />
        <Textarea
          name="says"
          label="What was said, or why they are not told"
          labelSize="s"
          value={form.text('says')}
          error={findError(errors, 'says')}
        />
        {withheld && (
          <WithheldFields
            profile={profile}
            rule={withheld}
            asksAdvice={isAtReferral(concern)}
            colleagues={props.colleagues}
            form={form}
            errors={errors}
          />
        )}
      </FormFrame>
    </>
  )
}
