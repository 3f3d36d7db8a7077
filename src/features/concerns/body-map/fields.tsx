import type { VNode } from 'preact'
import {
  Button,
  type Content,
  Details,
  ErrorMessage,
  type FieldErrors,
  Fieldset,
  findError,
  Input,
  Label,
  Select,
  Textarea,
} from '../../../web/components/index.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import { explainers, treatments } from '../explanations/model.ts'
import { explainerNames, treatmentNames } from '../explanations/shown.tsx'
import { BodyFigure, sideNames } from './figure.tsx'
import { emptyMark, type MarkedChild, type MarkFields, type MarkPart, markFieldId, markFieldsOf } from './parse.ts'
import { bodyRegions, bodySides } from './regions.ts'

interface MarkProps {
  readonly mark: MarkFields
  readonly n: number
  readonly marked: readonly MarkedChild[]
  readonly errors: FieldErrors | undefined
}

interface RegionSelectProps {
  readonly id: string
  readonly value: string
  readonly error: string | undefined
}

/** The list is the whole of the body map: it works without a picture, a pointer or a script. */
function RegionSelect({ id, value, error }: RegionSelectProps): VNode {
  return (
    <div class={`govuk-form-group${error ? ' govuk-form-group--error' : ''}`}>
      <Label for={id}>Where is it?</Label>
      {error && <ErrorMessage id={`${id}-error`}>{error}</ErrorMessage>}
      <select
        class={`govuk-select${error ? ' govuk-select--error' : ''}`}
        id={id}
        name="mark.region"
        aria-describedby={error ? `${id}-error` : undefined}
      >
        <option value="">Choose a part of the body</option>
        {bodySides.map(side => (
          <optgroup label={sideNames[side]}>
            {bodyRegions[side].map(region => (
              <option value={`${side}:${region.id}`} selected={value === `${side}:${region.id}`}>
                {region.name}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  )
}

function ChildField({ mark, n, marked, errors }: MarkProps): VNode {
  const id = markFieldId(n, 'child')
  const [only] = marked
  if (!only || marked.length === 1) return <input type="hidden" name="mark.child" value="" />
  return (
    <Select
      id={id}
      name="mark.child"
      label="Which child has it?"
      value={mark.child}
      error={findError(errors, id)}
      items={[{ value: '', text: 'Choose a child' }, ...marked.map(child => ({ value: child.childId, text: child.name }))]}
    />
  )
}

/** Folded away: most often it is the child who says so, and nobody knows more. */
function ExplainedFields({ mark, n, errors }: MarkProps): VNode {
  const field = (part: MarkPart) => ({
    id: markFieldId(n, part),
    name: `mark.${part}`,
    value: mark[part],
    error: findError(errors, markFieldId(n, part)),
  })
  const parts = ['by', 'by-says', 'treatment', 'treatment-says'] as const
  return (
    <Details
      summary="Somebody else says so, or it was treated"
      isOpen={parts.some(part => mark[part] !== '' || field(part).error !== undefined)}
    >
      <Select
        {...field('by')}
        label="Who says how it happened?"
        items={explainers.map(value => ({ value: value === 'child' ? '' : value, text: explainerNames[value] }))}
      />
      <Input {...field('by-says')} label="If somebody else, or one of the parents: who?" />
      <Select
        {...field('treatment')}
        label="Was treatment sought?"
        items={[{ value: '', text: 'Not asked' }, ...treatments.map(value => ({ value, text: treatmentNames[value] }))]}
      />
      <Input {...field('treatment-says')} label="If so: when, and where?" />
    </Details>
  )
}

function MarkRow(props: MarkProps): VNode {
  const { mark, n, errors } = props
  const field = (part: MarkPart) => ({
    id: markFieldId(n, part),
    name: `mark.${part}`,
    value: mark[part],
    error: findError(errors, markFieldId(n, part)),
  })
  return (
    <Fieldset legend={`Injury ${n}`} legendSize="s" class="hf-mark-row" attributes={{ 'data-mark': n }}>
      <RegionSelect id={markFieldId(n, 'region')} value={mark.region} error={findError(errors, markFieldId(n, 'region'))} />
      <input type="hidden" name="mark.x" value={mark.x} />
      <input type="hidden" name="mark.y" value={mark.y} />
      <ChildField {...props} />
      <Textarea
        {...field('description')}
        label="What does it look like?"
        hint="A bruise, a cut, a burn, a bite: only what you can see."
        rows={2}
      />
      <Input {...field('size')} label="Size" hint="For example, like a 10p coin, or 3 cm long." width={20} />
      <Input {...field('colour')} label="Colour" width={20} />
      <Textarea
        {...field('explanation')}
        label="How is it said to have happened?"
        hint="In the child's own words. Leave it empty if the child has not said; do not press for an answer."
        rows={2}
      />
      <ExplainedFields {...props} />
      <Button look="secondary" name="_do" value={`drop-mark-${n}`}>
        Remove injury {n}
      </Button>
    </Fieldset>
  )
}

export interface BodyMapFieldsProps {
  readonly form: FormValues
  /** The children of the concern as far as they are known. */
  readonly marked: readonly MarkedChild[]
  readonly errors?: FieldErrors | undefined
  /** The school's reminders about injuries. */
  readonly children?: Content
}

/**
 * The body map of a form: a list of injuries, and with a script a picture to mark them on. Buttons are called `_do` with
 * `add-mark` or `drop-mark-N`; the form then comes back with everything that was typed. The page names the island `body-map`.
 */
export function BodyMapFields({ form, marked, errors, children }: BodyMapFieldsProps): VNode {
  const rows = markFieldsOf(form)
  return (
    <div class="hf-body-map" data-body-map="">
      {children}
      <div class="hf-body-map__picture" data-body-picture="" hidden>
        <p class="govuk-body" id="body-map-help">
          Touch or click the picture where the injury is, or use the list below. Left and right are the child's own.
        </p>
        <div class="hf-body-map__sides">
          {bodySides.map(side => (
            <figure class="hf-body-map__side">
              <BodyFigure side={side} idPrefix="body-map" />
              <figcaption>{sideNames[side]}</figcaption>
            </figure>
          ))}
        </div>
        <p class="govuk-body hf-body-map__says" data-body-says="" role="status" />
      </div>
      <div data-marks="">
        {(rows.length > 0 ? rows : [emptyMark]).map((mark, index) => (
          <MarkRow mark={mark} n={index + 1} marked={marked} errors={errors} />
        ))}
      </div>
      <Button look="secondary" name="_do" value="add-mark">
        Add another injury
      </Button>
    </div>
  )
}
