import type { VNode } from 'preact'
import type { Content } from '../../../web/components/index.ts'
import { findError, Textarea } from '../../../web/components/index.ts'
import type { ConcernFacts } from '../model.ts'
import { concernTitle } from './concern-page.tsx'
import { FormFrame, type FormFrameProps, FormHead } from './form-frame.tsx'

export interface OneBoxPageProps extends FormFrameProps {
  readonly concern: ConcernFacts
  readonly title: string
  readonly field: string
  readonly label: string
  readonly hint?: string
  readonly save: string
  readonly revision?: string | undefined
  /** What to know before writing. */
  readonly before?: Content
}

/** A form with one box: reopening, a note of the team, telling the reporter. */
export function OneBoxPage(props: OneBoxPageProps): VNode {
  const { concern, field, form, errors } = props
  return (
    <>
      <FormHead
        caption={`${concernTitle(concern)}, ${concern.reference}`}
        title={props.title}
        errors={errors}
        notice={props.notice}
      />
      {props.before}
      <FormFrame frame={props} revision={props.revision} save={props.save} cancelHref={`/concerns/${concern.id}`}>
        <Textarea
          name={field}
          label={props.label}
          labelSize="s"
          hint={props.hint}
          value={form.text(field)}
          error={findError(errors, field)}
        />
      </FormFrame>
    </>
  )
}
