import type { VNode } from 'preact'
import { Checkboxes, DateInput, findError, Input, Radios, Textarea, WarningText } from '../../../web/components/index.ts'
import { dateTyped } from '../../../web/http/form-reader.ts'
import type { ConcernFacts } from '../model.ts'
import { type ReplyKind, replyKindNames, replyTitles, type Whom } from '../replies.ts'
import { concernTitle } from './concern-page.tsx'
import { FormFrame, type FormFrameProps, FormHead } from './form-frame.tsx'

interface ReplyPageProps extends FormFrameProps {
  readonly concern: ConcernFacts
  readonly whom: Whom
  readonly name: string | null
  /** Whoever told us is not known as a parent of each child in it. */
  readonly warns: boolean
}

const whyNot: Readonly<Record<Whom, { readonly label: string; readonly hint: string }>> = {
  child: {
    label: 'Why can the child not be told?',
    hint: 'For example: no name was written and nobody knows whose it is. Then leave the rest empty.',
  },
  parent: {
    label: 'Why can the parent not be answered?',
    hint: 'For example: nobody knows how to reach them. Then leave the rest empty.',
  },
}

/** What a child or a parent who told the school heard back, or why they cannot. */
export function ReplyPage(props: ReplyPageProps): VNode {
  const { concern, form, errors, whom, warns } = props
  const kinds = Object.entries(replyKindNames[whom]) as [ReplyKind, string][]
  const text = (name: string) => ({ name, value: form.text(name), error: findError(errors, name), labelSize: 's' as const })
  return (
    <>
      <FormHead
        caption={`${concernTitle(concern)}, ${concern.reference}`}
        title={replyTitles[whom]}
        errors={errors}
        notice={props.notice}
      />
      {warns && (
        <WarningText>
          {props.name ?? 'Whoever told us'} is not known here as a parent or carer of every child in this concern. Nothing about
          another child may be in the reply: no name, no family, nothing of what was found or done.
        </WarningText>
      )}
      <FormFrame frame={props} save="Save" cancelHref={`/concerns/${concern.id}`}>
        <Radios
          name="kind"
          legend={whom === 'child' ? 'What has the child heard?' : 'Was the parent answered?'}
          legendSize="s"
          value={form.text('kind')}
          error={findError(errors, 'kind')}
          items={kinds.map(([value, label]) => ({
            value,
            label,
            conditional: value === 'none' && <Textarea {...text('because')} {...whyNot[whom]} rows={3} />,
          }))}
        />
        <Input {...text('given-by')} label={whom === 'child' ? 'Who spoke with the child' : 'Who answered the parent'} />
        <DateInput
          id="given"
          namePrefix="given"
          legend="On which day?"
          legendSize="s"
          values={dateTyped(form, 'given')}
          error={findError(errors, 'given-day')}
        />
        <Input {...text('time')} label="At what time?" hint="Like 9:40am or 14:15." width={5} />
        <Textarea {...text('says')} label="What they were told" hint="It cannot be changed afterwards." />
        {warns && (
          <Checkboxes
            name="left-out"
            legend="Before you save"
            legendSize="s"
            look="small"
            values={form.all('left-out')}
            error={findError(errors, 'left-out')}
            items={[{ value: 'yes', label: 'The reply holds nothing about another child' }]}
          />
        )}
      </FormFrame>
    </>
  )
}
