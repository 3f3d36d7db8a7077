import type { VNode } from 'preact'
import { Checkboxes, Details, findError, Radios, Textarea, WarningText } from '../../../web/components/index.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import { BodyMapFields, markFieldsOf } from '../body-map/index.ts'
import { accountBoxes, wayItCameNames } from '../form-fields.ts'
import { childrenOf } from '../form-reading.ts'
import { waysItCame } from '../model.ts'
import { DisclosureEnd, DisclosureGuidance } from './form-disclosure-end.tsx'
import { FirstHandSection } from './form-first-hand.tsx'
import { Heading, isTicked, Reminded, Reminders, remindersAt, type SectionProps } from './form-parts.tsx'
import { OnDutyNow } from './ringing.tsx'

/** What made the writer worried, the category where the policy asks for one, and whether it can wait. */
export function PromptsSection({ context, errors }: SectionProps): VNode {
  const { form, profile, writer, onDuty } = context
  const { prompts, reporterCategories } = profile.concern
  return (
    <>
      <Heading>What made you worried?</Heading>
      {prompts.length > 0 && (
        <Checkboxes
          name="prompt"
          look="small"
          legend={<span class="govuk-visually-hidden">What made you worried?</span>}
          hint="Choose all that fit. You do not need to be sure, and the child need not have said anything."
          items={prompts.map(({ id, name, hint }) => ({
            value: id,
            label: name,
            hint,
            conditional:
              id === 'disclosure' && writer === 'colleague' ? (
                <>
                  <DisclosureGuidance context={context} errors={errors} />
                  <DisclosureEnd context={context} errors={errors} />
                </>
              ) : undefined,
          }))}
          values={form.all('prompt')}
          error={findError(errors, 'prompt')}
        />
      )}
      {reporterCategories.length > 0 && (
        <Radios
          name="category"
          look="small"
          legend="Which of these fits best?"
          legendSize="s"
          hint="The safeguarding lead can change it later."
          items={reporterCategories.map(({ id, name, hint }) => ({ value: id, label: name, hint }))}
          value={form.text('category')}
          error={findError(errors, 'category')}
        />
      )}
      <Checkboxes
        name="urgent"
        items={[
          {
            value: 'yes',
            label: 'This cannot wait: a child may be harmed today',
            conditional: writer === 'colleague' ? <OnDutyNow onDuty={onDuty} profile={profile} now={context.now} /> : undefined,
          },
        ]}
        values={form.all('urgent')}
      />
    </>
  )
}

const hints: Readonly<Record<string, string>> = {
  'child-words': 'Exactly as the child said it, and what you asked. Leave empty if the child said nothing.',
  seen: 'Facts only: who, what, in which order. Full names and roles.',
  opinion: 'Your own view, kept apart from the facts.',
  done: 'What you told the child about what happens next, whom you rang, what happened then.',
}

/** Four boxes for four kinds of words, which are never mixed. */
export function AccountSection({ context, errors }: SectionProps): VNode {
  const { form, profile } = context
  return (
    <>
      <Heading>What happened?</Heading>
      {accountBoxes.map(box => (
        <Reminded profile={profile} at={box.at}>
          <Textarea
            name={box.name}
            label={box.says}
            labelSize="s"
            hint={hints[box.name]}
            rows={box.name === 'child-words' || box.name === 'seen' ? 6 : 3}
            value={form.text(box.name)}
            error={findError(errors, box.name)}
            attributes={{ dir: 'auto', 'data-hf-coached': box.name }}
          />
        </Reminded>
      ))}
      <FirstHandSection context={context} errors={errors} />
      <WayItCameField context={context} errors={errors} />
    </>
  )
}

/** One question more where a child told somebody, or a friend did; folded away otherwise. */
function WayItCameField({ context: { form } }: SectionProps): VNode {
  const isTold = form.all('prompt').includes('disclosure') || form.names().some(name => form.text(name) === 'source')
  return (
    <Details
      summary="How did it reach us? From the child, a friend, overheard or seen"
      isOpen={isTold || form.text('came') !== ''}
      attributes={{ 'data-opened-by': 'disclosure' }}
    >
      <Radios
        name="came"
        look="small"
        legend="How did it reach us?"
        legendSize="s"
        hint="You may leave this out."
        items={waysItCame.map(value => ({ value, label: wayItCameNames[value] }))}
        value={form.text('came')}
      />
    </Details>
  )
}

function isMarked(form: FormValues, errors: SectionProps['errors']): boolean {
  const isFilled = markFieldsOf(form).some(mark => mark.region !== '' || mark.description !== '')
  return isFilled || /^(add|drop)-mark/.test(form.text('_do')) || errors.some(error => error.field.startsWith('mark-'))
}

/** Injuries are shown on the body map; images of them, or of any child, never come into the system. */
export function InjurySection({ context, errors }: SectionProps): VNode {
  const { form, profile } = context
  const fault = findError(errors, 'injury')
  const isOpen = form.all('prompt').includes('injury') || isMarked(form, errors) || fault !== undefined
  const marked = childrenOf(context).map(({ childId, name }) => ({ childId, name }))
  return (
    <>
      <Heading id="injury">Injuries or marks</Heading>
      {fault && (
        <p class="govuk-error-message">
          <span class="govuk-visually-hidden">Error:</span> {fault}
        </p>
      )}
      <Details
        summary="I have seen an injury or a mark, or was told of one"
        isOpen={isOpen}
        attributes={{ 'data-hf-injury': 'injury' }}
      >
        <BodyMapFields form={form} errors={errors} marked={marked}>
          <Reminders reminders={remindersAt(profile, 'injury')} />
        </BodyMapFields>
        <Checkboxes
          name="injury-unseen"
          look="small"
          items={[{ value: 'yes', label: 'I was told of an injury but have not seen it myself' }]}
          values={isTicked(form, 'injury-unseen') ? ['yes'] : []}
        />
      </Details>
      <ImagesGuard reminders={remindersAt(profile, 'images')} isChosen={form.all('prompt').includes('images')} />
    </>
  )
}

function ImagesGuard({ reminders, isChosen }: { readonly reminders: readonly string[]; readonly isChosen: boolean }): VNode {
  return (
    <>
      <WarningText>Never look at, copy, photograph or attach an image of a child. This form takes none.</WarningText>
      <Details summary="What to do instead" isOpen={isChosen}>
        <Reminders
          reminders={[
            ...reminders,
            'Say in words who told you of the image, and whose device it is on. Do not describe what it shows.',
            'Leave the device as it is and bring it, switched off if you can, to the safeguarding lead.',
            'If you saw one by accident, say so at once. You have done nothing wrong.',
          ]}
        />
      </Details>
    </>
  )
}
