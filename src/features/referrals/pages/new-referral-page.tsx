import type { VNode } from 'preact'
import { nearMomentInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import { openFirst } from '../../../policy/contact-hours.ts'
import type { Locality, Profile } from '../../../policy/profile.ts'
import { otherAuthority, type Way, type Where } from '../../../policy/where-to.ts'
import {
  Button,
  DateInput,
  findError,
  Input,
  InsetText,
  Radios,
  Select,
  SummaryList,
  Textarea,
} from '../../../web/components/index.ts'
import { dateTyped } from '../../../web/http/form-reader.ts'
import {
  agencyNames,
  authorityName,
  type ConcernChild,
  type ConcernFacts,
  childInWords,
  concernTitle,
  FormFrame,
  type FormFrameProps,
  FormHead,
  ReferAfterTheCall,
  Ringable,
  ringable,
} from '../../triage/index.ts'
import type { Asked } from '../forms.ts'
import { agencies, consents, type EarlierReferral } from '../model.ts'
import { consentNames } from '../words.ts'
import { WayFields } from './way-fields.tsx'

export interface NewReferralPageProps extends FormFrameProps {
  readonly profile: Profile
  readonly now: Instant
  readonly concern: ConcernFacts
  readonly children: readonly ConcernChild[]
  readonly asked: Asked
  readonly where: Where | undefined
  /** The ways that it may take where it is not urgent. */
  readonly ways: readonly Way[]
  /** Earlier referrals of this child to the same agency that were answered. */
  readonly before: readonly EarlierReferral[]
}

/** Asked first, by a link and not a command: for whom, and of whom. */
function ForWhom({ concern, children, form, asked }: NewReferralPageProps): VNode {
  return (
    <form method="get" action={`/concerns/${concern.id}/referrals/new`}>
      {children.length > 1 ? (
        <Radios
          name="child"
          legend="Which child is it for?"
          legendSize="s"
          hint="One referral for each child: each may live under another authority."
          value={form.text('child')}
          items={children.map(child => ({ value: child.childId, label: childInWords(child, children) }))}
        />
      ) : (
        <input type="hidden" name="child" value={asked.child?.childId} />
      )}
      <Radios
        name="agency"
        legend="To whom?"
        legendSize="s"
        value={form.text('agency')}
        items={agencies.map(agency => ({ value: agency, label: agencyNames[agency] }))}
      />
      <Button>Continue</Button>
    </form>
  )
}

function AskHome({ concern, asked, where }: NewReferralPageProps & { readonly where: Extract<Where, { kind: 'ask' }> }): VNode {
  return (
    <form method="get" action={`/concerns/${concern.id}/referrals/new`}>
      <input type="hidden" name="child" value={asked.child?.childId} />
      <input type="hidden" name="agency" value={asked.agency} />
      <Select
        name="authority"
        label="Where does the child live?"
        labelSize="s"
        hint={where.says}
        items={[
          { value: '', text: 'Select an authority' },
          ...where.choices.map(choice => ({ value: choice.id, text: choice.name })),
          { value: otherAuthority, text: 'Another authority' },
        ]}
      />
      <Button>Continue</Button>
    </form>
  )
}

/** By the wards where the policy lists them: people know the ward and not the number of the locality. */
function localityItems(places: readonly Locality[]): { value: string; text: string }[] {
  return places.flatMap(({ id, name, shortName, wards }) =>
    wards.length === 0 ? [{ value: id, text: name }] : wards.map(ward => ({ value: ward, text: `${ward} (${shortName})` })),
  )
}

function Destination({
  where,
  form,
  errors,
  now,
  concern,
  asked,
}: NewReferralPageProps & { readonly where: Exclude<Where, { kind: 'ask' }> }): VNode {
  if (where.kind === 'type') {
    return (
      <>
        <p class="govuk-body">The policies held here name nobody for this. Find out whom it goes to, and write it down here.</p>
        <Input
          name="destination"
          label="Whom it goes to"
          labelSize="s"
          value={form.text('destination')}
          error={findError(errors, 'destination')}
        />
        <Input
          name="destination-number"
          label="Telephone number or address (optional)"
          labelSize="s"
          value={form.text('destination-number')}
          error={findError(errors, 'destination-number')}
        />
      </>
    )
  }
  return (
    <>
      <h2 class="govuk-heading-m">It goes to</h2>
      <Ringable contacts={openFirst(where.contacts, now).map(contact => ringable(contact, contact.purpose))} />
      <Button href={`/concerns/${concern.id}/advice${where.contact === null ? '' : `?of=${where.contact}`}`} look="secondary">
        Log this call: we only asked for advice
      </Button>
      {where.writtenForm && <p class="govuk-body">In writing: {where.writtenForm}.</p>}
      {!where.askLocality && asked.locality && <input type="hidden" name="locality" value={asked.locality} />}
      {where.askLocality && (
        <Select
          name="locality"
          label="Part of the authority, if you know it"
          labelSize="s"
          hint="It is kept with the child."
          value={form.text('locality')}
          error={findError(errors, 'locality')}
          items={[{ value: '', text: 'Not known' }, ...localityItems(where.askLocality)]}
        />
      )}
    </>
  )
}

/** Where the child was referred before: whether this is the same again, with what is new. */
function Again({ before, form, errors, now }: NewReferralPageProps): VNode | null {
  if (before.length === 0) return null
  const line = (name: string) => ({ name, value: form.text(name), error: findError(errors, name) })
  return (
    <>
      <Select
        {...line('again')}
        label="Is the child referred again?"
        labelSize="s"
        hint="Because you think that the child is still in danger."
        items={[
          { value: '', text: 'No' },
          ...before.map(one => ({
            value: one.id,
            text: `After that of ${nearMomentInWords(one.openedAt, now)} to ${one.destination}`,
          })),
        ]}
      />
      <Textarea {...line('again-because')} label="If so, why" labelSize="s" rows={3} />
      <Textarea {...line('new-evidence')} label="What is new since (optional)" labelSize="s" rows={3} />
    </>
  )
}

function Rest(props: NewReferralPageProps & { readonly where: Exclude<Where, { kind: 'ask' }> }): VNode {
  const { profile, asked, form, errors, children, concern } = props
  const { child, agency } = asked
  const home = child?.homeAuthority ?? asked.said
  const isElsewhere = home !== undefined && home !== profile.school.authority
  // The level is judged where the child lives.
  const framework = [profile.levels, ...profile.otherLevels].find(({ authority }) => authority === home)
  const reminders = profile.concern.reminders.filter(reminder => reminder.at === 'parents')
  return (
    <>
      <SummaryList
        rows={[
          { key: 'For', value: child && childInWords(child, children) },
          { key: 'To', value: agency && agencyNames[agency] },
          {
            key: 'Lives in',
            value: child?.homeAuthority
              ? authorityName(profile, child.homeAuthority)
              : asked.said && asked.said !== otherAuthority
                ? `${authorityName(profile, asked.said)}, as you said here`
                : 'Not known',
          },
          isElsewhere && { key: 'Judged by', value: framework?.name ?? 'Levels of need that are not held here' },
          isElsewhere && {
            key: 'The school’s authority',
            value: authorityName(profile, profile.school.authority),
          },
        ]}
      />
      <FormFrame frame={props} save="Open the referral" cancelHref={`/concerns/${concern.id}`}>
        <input type="hidden" name="child" value={child?.childId} />
        <input type="hidden" name="agency" value={agency} />
        {asked.said && <input type="hidden" name="authority" value={asked.said} />}
        <Destination {...props} />
        {agency && <WayFields agency={agency} ways={props.ways} form={form} errors={errors} />}
        {reminders.map(reminder => (
          <InsetText>{reminder.says}</InsetText>
        ))}
        <Radios
          name="consent"
          legend="Do the parents agree?"
          legendSize="s"
          hint="Where a child may suffer significant harm, agreement is not needed: write why it is not waited for."
          value={form.text('consent')}
          error={findError(errors, 'consent')}
          items={consents.map(consent => ({ value: consent, label: consentNames[consent] }))}
        />
        <Textarea
          name="consent-says"
          label="If they do not agree or were not asked, why it goes ahead"
          labelSize="s"
          rows={3}
          value={form.text('consent-says')}
          error={findError(errors, 'consent-says')}
        />
        <Textarea
          name="asks"
          label="What you are worried about and ask for"
          labelSize="s"
          hint="A few sentences to have before you when you ring."
          value={form.text('asks')}
          error={findError(errors, 'asks')}
        />
        <DateInput
          id="needed"
          namePrefix="needed"
          legend="Since when is it agreed that this help is needed?"
          legendSize="s"
          hint="Leave it empty if it was agreed today."
          values={dateTyped(form, 'needed')}
          error={findError(errors, 'needed-day')}
        />
        <Again {...props} />
      </FormFrame>
    </>
  )
}

/** Making a referral: for whom and to whom, where the child lives if nobody knew, then consent. */
export function NewReferralPage(props: NewReferralPageProps): VNode {
  const { concern, where, errors, notice } = props
  return (
    <>
      <FormHead
        caption={`${concernTitle(concern)}, ${concern.reference}`}
        title="Make a referral"
        errors={errors}
        notice={notice}
      />
      <ReferAfterTheCall concern={concern} profile={props.profile} now={props.now} />
      {where === undefined && <ForWhom {...props} />}
      {where?.kind === 'ask' && <AskHome {...props} where={where} />}
      {where !== undefined && where.kind !== 'ask' && <Rest {...props} where={where} />}
    </>
  )
}
