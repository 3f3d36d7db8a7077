import type { VNode } from 'preact'
import { type Attributes, type Content, classNames, idList } from './attributes.ts'
import { Hint } from './hint.tsx'
import { i18nAttributes, type PluralText } from './i18n.ts'
import { Textarea, type TextareaProps } from './textarea.tsx'

/** The sentences that a script says while somebody types. */
export interface CountTexts {
  readonly charactersUnderLimit?: PluralText | undefined
  readonly charactersAtLimit?: string | undefined
  readonly charactersOverLimit?: PluralText | undefined
  readonly wordsUnderLimit?: PluralText | undefined
  readonly wordsAtLimit?: string | undefined
  readonly wordsOverLimit?: PluralText | undefined
}

export interface CharacterCountProps extends TextareaProps {
  readonly maxLength?: number | undefined
  readonly maxWords?: number | undefined
  readonly countType?: 'length' | 'characters' | 'words' | undefined
  /** The share of the limit, in percent, from which the count is shown. */
  readonly thresholdPercent?: number | undefined
  /** What stands there until a script counts, with %{count} where the number goes. */
  readonly limitText?: string | undefined
  readonly countClass?: string | undefined
  readonly texts?: CountTexts | undefined
}

/** A question answered in several lines, up to a length that is counted aloud. */
export function CharacterCount(props: CharacterCountProps): VNode {
  const { maxLength, maxWords, thresholdPercent, limitText, countClass, texts, ...field } = props
  const id = field.id ?? field.name
  const countType = props.countType ?? (maxWords === undefined ? undefined : 'words')
  const limit = maxWords ?? maxLength
  const sentence = limitText ?? `You can enter up to %{count} ${countType === 'words' ? 'words' : 'characters'}`
  const after: Content = (
    <>
      <Hint id={`${id}-info`} class={classNames('govuk-character-count__message', countClass)}>
        {limit !== undefined && sentence.replace('%{count}', String(limit))}
      </Hint>
      {field.after}
    </>
  )
  const groupAttributes: Attributes = {
    'data-module': 'govuk-character-count',
    'data-maxlength': maxLength,
    'data-maxwords': maxWords,
    'data-threshold': thresholdPercent,
    'data-count-type': countType,
    ...(limit === undefined && limitText !== undefined && { 'data-i18n.textarea-description.other': limitText }),
    ...i18nAttributes({ ...texts }),
    ...field.groupAttributes,
  }
  return (
    <Textarea
      {...field}
      class={classNames('govuk-js-character-count', field.class)}
      describedBy={idList(field.describedBy, `${id}-info`)}
      groupClass={classNames('govuk-character-count', field.groupClass)}
      groupAttributes={groupAttributes}
      after={after}
    />
  )
}
