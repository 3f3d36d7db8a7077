import type { VNode } from 'preact'
import { classNames } from './attributes.ts'
import { Button } from './button.tsx'
import type { FieldProps } from './field-group.tsx'
import { i18nAttributes } from './i18n.ts'
import { Input } from './input.tsx'

/** What the button that shows the password says, and what is announced. */
export interface PasswordTexts {
  readonly showPassword?: string | undefined
  readonly hidePassword?: string | undefined
  readonly showPasswordAriaLabel?: string | undefined
  readonly hidePasswordAriaLabel?: string | undefined
  readonly passwordShownAnnouncement?: string | undefined
  readonly passwordHiddenAnnouncement?: string | undefined
}

export interface PasswordInputProps extends FieldProps {
  readonly value?: string | undefined
  readonly autocomplete?: 'current-password' | 'new-password' | undefined
  readonly buttonClass?: string | undefined
  readonly texts?: PasswordTexts | undefined
}

/** Asks for a password, which can be shown to check it. */
export function PasswordInput({ texts, buttonClass, ...field }: PasswordInputProps): VNode {
  const id = field.id ?? field.name
  return (
    <Input
      {...field}
      class={classNames('govuk-password-input__input govuk-js-password-input-input', field.class)}
      type="password"
      spellcheck={false}
      autocapitalize="none"
      autocomplete={field.autocomplete ?? 'current-password'}
      groupClass={classNames('govuk-password-input', field.groupClass)}
      groupAttributes={{ 'data-module': 'govuk-password-input', ...i18nAttributes({ ...texts }), ...field.groupAttributes }}
      wrapperClass="govuk-password-input__wrapper"
      after={
        <>
          <Button
            type="button"
            look="secondary"
            class={classNames('govuk-password-input__toggle govuk-js-password-input-toggle', buttonClass)}
            attributes={{ 'aria-controls': id, 'aria-label': texts?.showPasswordAriaLabel ?? 'Show password', hidden: true }}
          >
            {texts?.showPassword ?? 'Show'}
          </Button>
          {field.after}
        </>
      }
    />
  )
}
