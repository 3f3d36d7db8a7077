export { Accordion, type AccordionProps, type AccordionSection } from './accordion.tsx'
export type { Attributes, Content, Items, TextSize } from './attributes.ts'
export { classNames } from './attributes.ts'
export { BackLink, type BackLinkProps } from './back-link.tsx'
export { Badge, type BadgeKind, type BadgeProps } from './badge.tsx'
export { Beside, type BesideProps } from './beside.tsx'
export { type Breadcrumb, Breadcrumbs, type BreadcrumbsProps } from './breadcrumbs.tsx'
export { Button, ButtonGroup, type ButtonProps } from './button.tsx'
export { Card, type CardProps, Cards } from './card.tsx'
export { CharacterCount, type CharacterCountProps } from './character-count.tsx'
export { Checkboxes, type CheckboxesProps } from './checkboxes.tsx'
export type { CheckboxChoice, Choice, ChoiceDivider } from './choices.tsx'
export { Chronology, type ChronologyItem, type ChronologyProps } from './chronology.tsx'
export { DateInput, type DateInputProps, type DatePart } from './date-input.tsx'
export { Details, type DetailsProps } from './details.tsx'
export { ContactList, EmergencyBox, type EmergencyBoxProps, type EmergencyContact, phoneHref } from './emergency-box.tsx'
export { ErrorMessage, type ErrorMessageProps } from './error-message.tsx'
export { ErrorSummary, type ErrorSummaryItem, type ErrorSummaryProps } from './error-summary.tsx'
export { ExitThisPage, type ExitThisPageProps } from './exit-this-page.tsx'
export { Fieldset, type FieldsetProps } from './fieldset.tsx'
export { FileUpload, type FileUploadProps } from './file-upload.tsx'
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
export { GenericHeader, type GenericHeaderProps } from './generic-header.tsx'
export type { HeadingLevel } from './heading.ts'
export { Hint, type HintProps } from './hint.tsx'
export { Input, type InputProps } from './input.tsx'
export { InsetText, type InsetTextProps } from './inset-text.tsx'
export { Label, type LabelProps } from './label.tsx'
export { NotificationBanner, type NotificationBannerProps } from './notification-banner.tsx'
export { OnePress, type OnePressProps } from './one-press.tsx'
export { type PageNumber, type PageStep, Pagination, type PaginationProps } from './pagination.tsx'
export { Panel, type PanelAction, type PanelProps } from './panel.tsx'
export { PasswordInput, type PasswordInputProps } from './password-input.tsx'
export { PhaseBanner, type PhaseBannerProps } from './phase-banner.tsx'
export { Radios, type RadiosProps } from './radios.tsx'
export { Scroll } from './scroll.tsx'
export { Select, type SelectOption, type SelectProps } from './select.tsx'
export { type NavigationItem, ServiceNavigation, type ServiceNavigationProps } from './service-navigation.tsx'
export { SkipLink, type SkipLinkProps } from './skip-link.tsx'
export { StackedTable } from './stacked-table.tsx'
export {
  type SummaryAction,
  SummaryCard,
  type SummaryCardProps,
  SummaryList,
  type SummaryListProps,
  type SummaryRow,
} from './summary-list.tsx'
export { Table, type TableCell, type TableCellOptions, type TableProps } from './table.tsx'
export { Tag, type TagColour, type TagProps } from './tag.tsx'
export { type Task, TaskList, type TaskListProps } from './task-list.tsx'
export { Textarea, type TextareaProps } from './textarea.tsx'
export { WarningText, type WarningTextProps } from './warning-text.tsx'
export { Words, type WordsProps } from './words.tsx'
