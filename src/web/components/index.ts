export type { Attributes, Content, Items, TextSize } from './attributes.ts'
export { classNames } from './attributes.ts'
export { Button, ButtonGroup, type ButtonProps } from './button.tsx'
export { CharacterCount, type CharacterCountProps } from './character-count.tsx'
export { Checkboxes, type CheckboxesProps } from './checkboxes.tsx'
export type { CheckboxChoice, Choice, ChoiceDivider } from './choices.tsx'
export { DateInput, type DateInputProps, type DatePart } from './date-input.tsx'
export { ErrorMessage, type ErrorMessageProps } from './error-message.tsx'
export { ErrorSummary, type ErrorSummaryItem, type ErrorSummaryProps } from './error-summary.tsx'
export { Fieldset, type FieldsetProps } from './fieldset.tsx'
export {
  commandKeyName,
  ErrorSummaryFor,
  type FieldError,
  type FieldErrors,
  Form,
  type FormProps,
  findError,
  formTokenName,
} from './form.tsx'
export { Hint, type HintProps } from './hint.tsx'
export { Input, type InputProps } from './input.tsx'
export { Label, type LabelProps } from './label.tsx'
export { Radios, type RadiosProps } from './radios.tsx'
export { Select, type SelectOption, type SelectProps } from './select.tsx'
export { Textarea, type TextareaProps } from './textarea.tsx'
