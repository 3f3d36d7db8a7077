import type { VNode } from 'preact'
import { Checkboxes, DateInput, findError, Input, Textarea } from '../../../web/components/index.ts'
import { dateTyped } from '../../../web/http/form-reader.ts'
import type { ConcernFacts } from '../model.ts'
import { subjectsOf } from '../rules.ts'
import { concernTitle } from './concern-page.tsx'
import { FormFrame, type FormFrameProps, FormHead } from './form-frame.tsx'
import { childInWords } from './parts.tsx'

/** Who saw the child or reached them, when, and what came of it. */
export function ChildSeenPage(props: FormFrameProps & { readonly concern: ConcernFacts }): VNode {
  const { concern, form, errors } = props
  const children = subjectsOf(concern)
  return (
    <>
      <FormHead
        caption={`${concernTitle(concern)}, ${concern.reference}`}
        title="Who saw the child"
        errors={errors}
        notice={props.notice}
      />
      <FormFrame frame={props} save="Save" cancelHref={`/concerns/${concern.id}`}>
        {children.length > 1 && (
          <Checkboxes
            name="child"
            legend="Which children have been seen or reached by now?"
            legendSize="s"
            look="small"
            values={form.all('child')}
            error={findError(errors, 'child')}
            items={children.map(child => ({ value: child.childId, label: childInWords(child, children) }))}
          />
        )}
        <Input
          name="by"
          label="Who saw or reached the child"
          labelSize="s"
          value={form.text('by')}
          error={findError(errors, 'by')}
        />
        <DateInput
          id="seen"
          namePrefix="seen"
          legend="On which day?"
          legendSize="s"
          values={dateTyped(form, 'seen')}
          error={findError(errors, 'seen-day')}
        />
        <Input
          name="time"
          label="At what time?"
          labelSize="s"
          hint="Like 9:40am or 14:15."
          width={5}
          value={form.text('time')}
          error={findError(errors, 'time')}
        />
        <Textarea
          name="says"
          label="What came of it"
          labelSize="s"
          hint="What the child said and was told, and what happens next. It cannot be changed afterwards."
          value={form.text('says')}
          error={findError(errors, 'says')}
        />
      </FormFrame>
    </>
  )
}
