import type { VNode } from 'preact'
import { dayInWords, localDate } from '../../../kernel/london-time.ts'
import { parsePlainDate, partsOf } from '../../../kernel/plain-date.ts'
import { Checkboxes, Fieldset, findError, InsetText, Radios } from '../../../web/components/index.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import { reachInWords } from '../../cover/index.ts'
import { behalfNames, rowsMax, rowsOf } from '../form-fields.ts'
import { adultsCalled, adultsToAskAbout, chosenIds, type FormContext, noneOf, openSearch } from '../form-reading.ts'
import { mustSayWhetherTold, todayLabel } from '../form-schema.ts'
import { onBehalfReasons } from '../model.ts'
import { IsItColleague } from './form-first-hand.tsx'
import { DateLine, Heading, isTicked, Line, rowNumbers, type SectionProps, Step } from './form-parts.tsx'
import { roleTitle } from './ringing.tsx'

/** "Today" means the day on which it was chosen: in a draft of yesterday it has become a date. */
function withDay(context: FormContext): FormValues {
  const { form, now } = context
  const today = localDate(now)
  const chosen = form.text('happened')
  if (chosen === '') return form.with('happened', today)
  const date = parsePlainDate(chosen)
  if (!date || date === today) return form
  const { year, month, day } = partsOf(date)
  return form
    .with('happened', 'other')
    .with('happened-day', String(day))
    .with('happened-month', String(month))
    .with('happened-year', String(year))
}

/** When and where it happened. */
export function WhenSection({ context, errors }: SectionProps): VNode {
  const today = localDate(context.now)
  const form = withDay(context)
  const section = { context: { ...context, form }, errors }
  return (
    <>
      <Heading>When and where?</Heading>
      <Radios
        name="happened"
        look="small"
        legend="When did it happen, or when did you notice it?"
        legendSize="s"
        error={findError(errors, 'happened')}
        value={form.text('happened')}
        items={[
          { value: today, label: todayLabel(today) },
          {
            value: 'other',
            label: 'Another day',
            conditional: (
              <>
                <DateLine {...section} name="happened" legend="Which day?" hint="For example, 27 3 2026" />
                <Line
                  {...section}
                  name="late-reason"
                  label="Why do you write it only now?"
                  hint="For example: the child told me today"
                />
              </>
            ),
          },
          {
            value: 'unsure',
            label: 'Over some time, or I cannot say which day',
            conditional: (
              <Line
                {...section}
                name="happened-says"
                label="In your own words"
                hint="For example: most Mondays since half-term"
              />
            ),
          },
        ]}
      />
      <Line {...section} name="happened-time" label="What time, if you know it?" hint="For example, 9:40am or 14:15" width={10} />
      <Line
        {...section}
        name="location"
        label="Where did it happen?"
        hint="For example: Year 4 cloakroom, on the way to school, online"
      />
    </>
  )
}

/** Somebody of that name works here: whether it is they must be answered, or they would not be kept outside. */
function IsItStaff({ context, errors, n, group }: SectionProps & { readonly n: number; readonly group: string }): VNode | null {
  const name = context.form.text(`${group}-${n}-name`).trim()
  const asked = adultsToAskAbout(context, name)
  if (asked.length === 0) return null
  return (
    <Radios
      name={`${group}-${n}-id`}
      idPrefix={`${group}-${n}-id`}
      look="small"
      legend={`Is “${name}” somebody who works or helps here?`}
      hint="Whoever does cannot see this or hear of it here from the moment you send it."
      error={findError(errors, `${group}-${n}-id`)}
      value={context.form.text(`${group}-${n}-id`)}
      items={[
        ...asked
          .slice(0, 20)
          .map(adult => ({ value: adult.adultId, label: `Yes: ${adult.name}`, hint: adult.says || undefined })),
        { value: noneOf(name), label: 'No, nobody who works or helps here' },
      ]}
    />
  )
}

interface PeopleRowsProps extends SectionProps {
  readonly group: 'witness' | 'harmer' | 'at-risk'
  readonly legend: string
  readonly hint: string
  readonly another: string
}

/** People who are typed by name, row by row. */
export function PeopleRows({ group, legend, hint, another, ...section }: PeopleRowsProps): VNode {
  const { form } = section.context
  const count = rowsOf(form, group)
  return (
    <Fieldset legend={legend} legendSize="s" attributes={{ 'data-hf-rows': group }}>
      {rowNumbers(count).map(n => (
        <>
          <Line
            {...section}
            name={`${group}-${n}-name`}
            label={n === 1 ? 'Full name, if you know it' : `Full name of person ${n}`}
            width={20}
          />
          {group !== 'witness' && <IsItStaff {...section} group={group} n={n} />}
          <Line {...section} name={`${group}-${n}-relation`} label="Who they are" hint={hint} width={20} />
          {group === 'witness' && (
            <Radios
              name={`witness-${n}-part`}
              look="small"
              legend={<span class="govuk-visually-hidden">Their part</span>}
              items={[
                { value: 'witness', label: 'Saw or heard it' },
                { value: 'present', label: 'Was there' },
              ]}
              value={form.text(`witness-${n}-part`) || 'witness'}
            />
          )}
        </>
      ))}
      {count < rowsMax && <Step action={`add-${group}`}>{another}</Step>}
    </Fieldset>
  )
}

function StaffFinder({ context, errors }: SectionProps): VNode {
  const { form, facts, writer } = context
  if (writer === 'visitor')
    return <Line context={context} errors={errors} name="find-staff" label="Their name, or who they are" width={20} />
  const chosen = facts.chosenAdults.filter(adult => chosenIds(form, 'staff').includes(adult.adultId))
  const search = openSearch(form.text('find-staff'), chosen)
  const found = adultsCalled(search, facts.adults).slice(0, 20)
  return (
    <>
      {chosen.map(adult => (
        <InsetText>
          <input type="hidden" name="staff" value={adult.adultId} />
          <p class="govuk-!-margin-bottom-2">
            <strong>{adult.name}</strong>
            {adult.says && `, ${adult.says}`}
          </p>
          <Step action={`drop-staff-${adult.adultId}`}>
            Remove<span class="govuk-visually-hidden"> {adult.name}</span>
          </Step>
        </InsetText>
      ))}
      <div data-hf-find="staff">
        <Line
          context={{ ...context, form: form.with('find-staff', search) }}
          errors={errors}
          name="find-staff"
          label={chosen.length > 0 ? 'Another adult' : 'Their name'}
          width={20}
        />
        {search && found.length > 0 && (
          <Checkboxes
            name="staff"
            idPrefix="found-staff"
            look="small"
            legend={`Which adult do you mean by “${search}”?`}
            items={found.map(adult => ({ value: adult.adultId, label: adult.name, hint: adult.says || undefined }))}
          />
        )}
        {search && (
          <Checkboxes
            name="staff-unlisted"
            look="small"
            items={[
              {
                value: noneOf(search),
                label: `${found.length > 0 ? 'None of these' : 'We found nobody of that name'}: use “${search}” as I wrote it`,
              },
            ]}
            values={form.all('staff-unlisted')}
          />
        )}
        <Step action="find-staff">Find</Step>
      </div>
    </>
  )
}

function StaffQuestion(section: SectionProps): VNode {
  const { context } = section
  return (
    <Radios
      name="staff-involved"
      look="small"
      legend="Is this worry partly about an adult who works or helps here?"
      legendSize="s"
      error={findError(section.errors, 'staff-involved')}
      value={context.form.text('staff-involved')}
      items={[
        { value: 'no', label: 'No' },
        {
          value: 'yes',
          label: 'Yes',
          conditional: (
            <>
              <p class="govuk-body">
                From the moment you send this they cannot see it or hear of it here, whatever their role. Do not tell them.
              </p>
              <p class="govuk-body">
                A worry about an adult also goes to the person whom our policy names for that:{' '}
                <a class="govuk-link" href={context.adviceHref} target="_blank" rel="noopener">
                  see who that is (opens in a new tab)
                </a>
                .
              </p>
              <StaffFinder {...section} />
            </>
          ),
        },
      ]}
    />
  )
}

/** Other people in it: who was there, who is said to have harmed, and whether it is somebody who works here. */
export function PeopleSection(section: SectionProps): VNode {
  return (
    <>
      <Heading>Other people</Heading>
      <PeopleRows
        {...section}
        group="witness"
        legend="Which adults were there, or saw or heard it?"
        hint="For example: teaching assistant in 4B, neighbour"
        another="Add another adult who was there"
      />
      <div class="govuk-!-margin-top-6">
        <PeopleRows
          {...section}
          group="harmer"
          legend="Is an adult who does not work here said to have harmed the child?"
          hint={
            section.context.writer === 'visitor'
              ? 'For example: stepfather, neighbour. If this is somebody who works here, they will not see it'
              : 'For example: stepfather, neighbour, a man outside the gate'
          }
          another="Add another person"
        />
      </div>
      <div class="govuk-!-margin-top-6">
        <StaffQuestion {...section} />
      </div>
    </>
  )
}

function WhomTold(section: SectionProps): VNode {
  const { form, facts, profile, writer, now } = section.context
  const members = facts.team.filter((member, index) => facts.team.findIndex(other => other.adultId === member.adultId) === index)
  const anchor = (form.text('told-time') && parsePlainDate(form.text('told-written-on'))) || localDate(now)
  return (
    <>
      <input type="hidden" name="told-written-on" value={anchor} />
      {writer === 'colleague' && members.length > 0 && (
        <Checkboxes
          name="told"
          look="small"
          legend="Whom did you tell?"
          items={members.map(member => ({ value: member.adultId, label: `${member.name}, ${roleTitle(profile, member.role)}` }))}
          values={form.all('told')}
          error={findError(section.errors, 'told')}
        />
      )}
      <Line {...section} name="told-other" label={writer === 'colleague' ? 'Somebody else' : 'Whom did you tell?'} width={20} />
      <Line {...section} name="told-time" label="At what time?" hint="For example, 9:40am or 14:15" width={10} />
      <DateLine {...section} name="told" legend={`On which day, if it was not ${dayInWords(anchor)}?`} />
    </>
  )
}

/** Who was told by voice, and when: the clocks run from then. */
export function ToldSection(section: SectionProps): VNode {
  const { form, profile, onDuty } = section.context
  const there = onDuty[0]
  const isAsked = mustSayWhetherTold(profile, { urgent: isTicked(form, 'urgent'), prompts: form.all('prompt') })
  return (
    <>
      <Heading>Whom you have told</Heading>
      <Radios
        name="voice"
        idPrefix="voice"
        look="small"
        legend="Have you told somebody by voice?"
        legendSize="s"
        hint={
          `${there ? `${there.name} is ${reachInWords(there, profile, section.context.now)}. ` : ''}${isAsked ? 'Our policy asks you to speak first and then write.' : ''}` ||
          undefined
        }
        error={findError(section.errors, 'voice')}
        value={form.text('voice')}
        items={[
          { value: 'yes', label: 'Yes', conditional: <WhomTold {...section} /> },
          { value: 'no', label: 'Not yet' },
        ]}
      />
    </>
  )
}

/** Writing for somebody else: both names and both times are kept. */
export function BehalfSection(section: SectionProps): VNode {
  const { form } = section.context
  return (
    <Checkboxes
      name="behalf"
      items={[
        {
          value: 'yes',
          label: 'I am writing this for somebody else',
          hint: 'A supply teacher, a paper form, a call, mail or letter, a parent. Both your names are kept.',
          conditional: (
            <>
              <Line {...section} name="behalf-name" label="Their name, and where they are from" />
              <IsItColleague {...section} />
              <Radios
                name="behalf-reason"
                look="small"
                legend="How did it reach you?"
                legendSize="s"
                items={onBehalfReasons.map(value => ({ value, label: behalfNames[value] }))}
                value={form.text('behalf-reason')}
                error={findError(section.errors, 'behalf-reason')}
              />
              <DateLine {...section} name="behalf" legend="On which day was it first written or said?" />
              <Line {...section} name="behalf-time" label="At what time, as near as you know?" width={10} />
              <p class="govuk-body">You can attach the scan of a paper form or a letter after you have sent this.</p>
            </>
          ),
        },
      ]}
      values={form.all('behalf')}
    />
  )
}
