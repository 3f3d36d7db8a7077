import type { VNode } from 'preact'
import { type Explanation, ExplanationFields, placeName } from '../../concerns/index.ts'
import type { ConcernFacts } from '../model.ts'
import type { MarkOnPage } from '../page-model.ts'
import { concernTitle } from './concern-page.tsx'
import { FormFrame, type FormFrameProps, FormHead } from './form-frame.tsx'

export interface ExplanationPageProps extends FormFrameProps {
  readonly concern: ConcernFacts
  readonly mark: MarkOnPage
  readonly earlier: readonly Explanation[]
}

/** How somebody says that an injury came about, beside what was said before. */
export function ExplanationPage(props: ExplanationPageProps): VNode {
  const { concern, mark, earlier, form, errors } = props
  return (
    <>
      <FormHead
        caption={`${concernTitle(concern)}, ${concern.reference}`}
        title="Add how somebody says it happened"
        errors={errors}
        notice={props.notice}
      />
      <p class="govuk-body">
        Injury {mark.n}: {placeName(mark.side, mark.region)}. {mark.description}
      </p>
      <FormFrame frame={props} save="Keep it with the injury" cancelHref={`/concerns/${concern.id}`}>
        <ExplanationFields form={form} errors={errors} markN={mark.n} earlier={earlier} />
      </FormFrame>
    </>
  )
}
