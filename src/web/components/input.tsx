import type { VNode } from 'preact'
import { type Attributes, type Content, classNames, isPresent } from './attributes.ts'
import { describedByOf, type FieldProps, LabelledField } from './field-group.tsx'

export interface AffixProps {
  readonly class?: string | undefined
  readonly attributes?: Attributes | undefined
}

export interface InputProps extends FieldProps {
  readonly type?: 'text' | 'email' | 'tel' | 'number' | 'search' | 'password' | 'time' | 'date' | 'url' | undefined
  readonly value?: string | number | undefined
  /** How many characters the answer has, about. */
  readonly width?: 2 | 3 | 4 | 5 | 10 | 20 | 30 | undefined
  readonly inputmode?: 'none' | 'text' | 'tel' | 'url' | 'email' | 'numeric' | 'decimal' | 'search' | undefined
  readonly autocomplete?: string | undefined
  readonly autocapitalize?: 'none' | 'sentences' | 'words' | 'characters' | undefined
  readonly pattern?: string | undefined
  readonly spellcheck?: boolean | undefined
  readonly prefix?: Content
  readonly prefixProps?: AffixProps | undefined
  readonly suffix?: Content
  readonly suffixProps?: AffixProps | undefined
  readonly wrapperClass?: string | undefined
  readonly wrapperAttributes?: Attributes | undefined
}

function Affix({
  kind,
  look,
  children,
}: {
  readonly kind: 'prefix' | 'suffix'
  readonly look: AffixProps | undefined
  readonly children: Content
}): VNode {
  return (
    <div class={classNames(`govuk-input__${kind}`, look?.class)} aria-hidden="true" {...look?.attributes}>
      {children}
    </div>
  )
}

function InputElement({ input, id }: { readonly input: InputProps; readonly id: string }): VNode {
  return (
    <input
      class={classNames(
        'govuk-input',
        input.width && `govuk-input--width-${input.width}`,
        input.class,
        isPresent(input.error) && 'govuk-input--error',
      )}
      id={id}
      name={input.name}
      // The typings pair each type with its roles; none is set here, so any of ours will do.
      type={(input.type ?? 'text') as 'text'}
      spellcheck={input.spellcheck}
      value={input.value}
      disabled={input.disabled}
      aria-describedby={describedByOf(id, input)}
      autocomplete={input.autocomplete}
      autocapitalize={input.autocapitalize}
      pattern={input.pattern}
      inputmode={input.inputmode}
      {...input.attributes}
    />
  )
}

/** A question answered in one line. */
export function Input(props: InputProps): VNode {
  const id = props.id ?? props.name
  const element = <InputElement input={props} id={id} />
  const isWrapped = [props.prefix, props.suffix, props.before, props.after].some(isPresent)
  return (
    <LabelledField field={props} id={id}>
      {isWrapped ? (
        <div class={classNames('govuk-input__wrapper', props.wrapperClass)} {...props.wrapperAttributes}>
          {props.before}
          {isPresent(props.prefix) && (
            <Affix kind="prefix" look={props.prefixProps}>
              {props.prefix}
            </Affix>
          )}
          {element}
          {isPresent(props.suffix) && (
            <Affix kind="suffix" look={props.suffixProps}>
              {props.suffix}
            </Affix>
          )}
          {props.after}
        </div>
      ) : (
        element
      )}
    </LabelledField>
  )
}
