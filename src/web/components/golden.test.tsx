import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { createElement, type VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { Attributes, Content } from './attributes.ts'
import type { CheckboxChoice, ChoiceDivider } from './choices.tsx'
import type { GroupProps } from './field-group.tsx'
import type { HeadingLevel } from './heading.ts'
import type { PluralText } from './i18n.ts'
import {
  Accordion,
  BackLink,
  Breadcrumbs,
  Button,
  CharacterCount,
  Checkboxes,
  DateInput,
  type DatePart,
  Details,
  ErrorMessage,
  ErrorSummary,
  ExitThisPage,
  Fieldset,
  FileUpload,
  GenericHeader,
  Hint,
  Input,
  InsetText,
  Label,
  NotificationBanner,
  Pagination,
  Panel,
  PasswordInput,
  PhaseBanner,
  Radios,
  Select,
  ServiceNavigation,
  SkipLink,
  type SummaryAction,
  SummaryCard,
  SummaryList,
  Table,
  Tag,
  TaskList,
  Textarea,
  WarningText,
} from './index.ts'

// The official fixtures are pairs of a template's options and the HTML that it makes of them. Each adapter below says
// the same in our props. Options with raw HTML exist only here, inside an element that is taken away before comparing.

type Options = { readonly [key: string]: unknown }

const componentsFolder = join(
  dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json')),
  'dist/govuk/components',
)

function isOptions(value: unknown): value is Options {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function sub(options: Options, key: string): Options {
  const value = options[key]
  return isOptions(value) ? value : {}
}

function list(options: Options, key: string): (Options | null)[] {
  const value = options[key]
  return Array.isArray(value) ? value.map(item => (isOptions(item) ? item : null)) : []
}

function text(options: Options, key: string): string | undefined {
  const value = options[key]
  return value === undefined || value === null || value === false ? undefined : String(value)
}

/** A word that a prop takes from a short list, which the fixture is trusted to keep to. */
function word<T extends string>(options: Options, key: string): T | undefined {
  return text(options, key) as T | undefined
}

function num(options: Options, key: string): number | undefined {
  const value = options[key]
  return value === undefined || value === null || value === '' ? undefined : Number(value)
}

function flag(options: Options, key: string): boolean | undefined {
  const value = options[key]
  return typeof value === 'boolean' ? value : undefined
}

function attributes(options: Options, key = 'attributes'): Attributes {
  return sub(options, key) as Attributes
}

function raw(html: string): VNode {
  return createElement('raw-html', { dangerouslySetInnerHTML: { __html: html } })
}

function content(options: Options, htmlKey = 'html', textKey = 'text'): Content {
  const html = text(options, htmlKey)
  return html ? raw(html) : text(options, textKey)
}

function level(options: Options, key: string): HeadingLevel | undefined {
  return num(options, key) as HeadingLevel | undefined
}

function field(o: Options) {
  const label = sub(o, 'label')
  return {
    name: text(o, 'name') ?? '',
    id: text(o, 'id'),
    label: content(label),
    labelClass: text(label, 'classes'),
    labelIsHeading: flag(label, 'isPageHeading'),
    hint: content(sub(o, 'hint')),
    error: content(sub(o, 'errorMessage')),
    describedBy: text(o, 'describedBy'),
    class: text(o, 'classes'),
    groupClass: text(sub(o, 'formGroup'), 'classes'),
    groupAttributes: attributes(sub(o, 'formGroup')),
    before: content(sub(sub(o, 'formGroup'), 'beforeInput')),
    after: content(sub(sub(o, 'formGroup'), 'afterInput')),
    disabled: flag(o, 'disabled'),
    attributes: attributes(o),
  }
}

function group(o: Options): GroupProps {
  const fieldset = sub(o, 'fieldset')
  const legend = sub(fieldset, 'legend')
  return {
    legend: content(legend),
    legendClass: text(legend, 'classes'),
    legendIsHeading: flag(legend, 'isPageHeading'),
    fieldsetClass: text(fieldset, 'classes'),
    fieldsetAttributes: attributes(fieldset),
    describedBy: text(fieldset, 'describedBy') ?? text(o, 'describedBy'),
    hint: content(sub(o, 'hint')),
    error: content(sub(o, 'errorMessage')),
    class: text(o, 'classes'),
    attributes: attributes(o),
    groupClass: text(sub(o, 'formGroup'), 'classes'),
    groupAttributes: attributes(sub(o, 'formGroup')),
    before: content(sub(sub(o, 'formGroup'), 'beforeInputs')),
    after: content(sub(sub(o, 'formGroup'), 'afterInputs')),
  }
}

function choices(o: Options): (CheckboxChoice | ChoiceDivider | null)[] {
  return list(o, 'items').map(item => {
    if (!item) return null
    const divider = text(item, 'divider')
    if (divider) return { divider }
    return {
      value: text(item, 'value') ?? '',
      label: content(item),
      hint: content(sub(item, 'hint')),
      checked: flag(item, 'checked'),
      disabled: flag(item, 'disabled'),
      conditional: content(sub(item, 'conditional')),
      id: text(item, 'id'),
      name: text(item, 'name'),
      behaviour: word<'exclusive'>(item, 'behaviour'),
      labelClass: text(sub(item, 'label'), 'classes'),
      labelAttributes: attributes(sub(item, 'label')),
      attributes: attributes(item),
    }
  })
}

function plural(o: Options, key: string): PluralText | undefined {
  const value = o[key]
  return isOptions(value) ? (value as unknown as PluralText) : undefined
}

function summaryActions(o: Options): SummaryAction[] | undefined {
  if (!('items' in sub(o, 'actions'))) return undefined
  return list(sub(o, 'actions'), 'items').flatMap(action =>
    action
      ? [
          {
            href: text(action, 'href') ?? '',
            text: content(action),
            hiddenText: text(action, 'visuallyHiddenText'),
            class: text(action, 'classes'),
            attributes: attributes(action),
          },
        ]
      : [],
  )
}

function datePart(value: unknown): DatePart | null | undefined {
  if (value === undefined) return undefined
  if (!isOptions(value)) return null
  const o = value
  return {
    name: text(o, 'name'),
    label: text(o, 'label'),
    id: text(o, 'id'),
    value: text(o, 'value'),
    class: text(o, 'classes')?.replace('govuk-input--error', ''),
    hasError: flag(o, 'error') ?? (text(o, 'classes')?.includes('govuk-input--error') || undefined),
    autocomplete: text(o, 'autocomplete'),
    inputmode: word<'numeric'>(o, 'inputmode'),
    pattern: text(o, 'pattern'),
    attributes: attributes(o),
  }
}

function cell(o: Options) {
  return {
    content: content(o),
    format: word<'numeric'>(o, 'format'),
    class: text(o, 'classes'),
    colspan: num(o, 'colspan'),
    rowspan: num(o, 'rowspan'),
    attributes: attributes(o),
  }
}

const common = (o: Options) => ({ class: text(o, 'classes'), attributes: attributes(o) })

const adapters: { readonly [component: string]: (o: Options) => VNode } = {
  accordion: o => (
    <Accordion
      {...common(o)}
      id={text(o, 'id') ?? ''}
      headingLevel={level(o, 'headingLevel')}
      rememberExpanded={flag(o, 'rememberExpanded')}
      texts={{
        hideAllSections: text(o, 'hideAllSectionsText'),
        hideSection: text(o, 'hideSectionText'),
        hideSectionAriaLabel: text(o, 'hideSectionAriaLabelText'),
        showAllSections: text(o, 'showAllSectionsText'),
        showSection: text(o, 'showSectionText'),
        showSectionAriaLabel: text(o, 'showSectionAriaLabelText'),
      }}
      items={list(o, 'items').map(
        item =>
          item && {
            heading: content(sub(item, 'heading')),
            summary: content(sub(item, 'summary')),
            content: content(sub(item, 'content')),
            isExpanded: flag(item, 'expanded'),
          },
      )}
    />
  ),
  'back-link': o => (
    <BackLink {...common(o)} href={text(o, 'href') || '#'}>
      {content(o)}
    </BackLink>
  ),
  breadcrumbs: o => (
    <Breadcrumbs
      {...common(o)}
      label={text(o, 'labelText')}
      collapseOnMobile={flag(o, 'collapseOnMobile')}
      items={list(o, 'items').flatMap(item =>
        item ? [{ text: content(item), href: text(item, 'href'), attributes: attributes(item) }] : [],
      )}
    />
  ),
  button: o => (
    <Button
      {...common(o)}
      href={text(o, 'href')}
      type={word<'submit'>(o, 'type')}
      name={text(o, 'name')}
      value={text(o, 'value')}
      id={text(o, 'id')}
      isStart={flag(o, 'isStartButton')}
      disabled={flag(o, 'disabled')}
      preventDoubleClick={flag(o, 'preventDoubleClick')}
    >
      {content(o)}
    </Button>
  ),
  'character-count': o => (
    <CharacterCount
      {...field(o)}
      maxLength={num(o, 'maxlength')}
      maxWords={num(o, 'maxwords')}
      thresholdPercent={num(o, 'threshold')}
      countType={word<'words'>(o, 'countType')}
      limitText={text(o, 'textareaDescriptionText')}
      countClass={text(sub(o, 'countMessage'), 'classes')}
      rows={num(o, 'rows')}
      value={text(o, 'value')}
      spellcheck={flag(o, 'spellcheck')}
      texts={{
        charactersUnderLimit: plural(o, 'charactersUnderLimitText'),
        charactersAtLimit: text(o, 'charactersAtLimitText'),
        charactersOverLimit: plural(o, 'charactersOverLimitText'),
        wordsUnderLimit: plural(o, 'wordsUnderLimitText'),
        wordsAtLimit: text(o, 'wordsAtLimitText'),
        wordsOverLimit: plural(o, 'wordsOverLimitText'),
      }}
    />
  ),
  checkboxes: o => (
    <Checkboxes
      {...group(o)}
      name={text(o, 'name') ?? ''}
      idPrefix={text(o, 'idPrefix')}
      items={choices(o)}
      values={Array.isArray(o['values']) ? o['values'].map(String) : undefined}
    />
  ),
  'date-input': o => (
    <DateInput
      {...group(o)}
      id={text(o, 'id') ?? ''}
      namePrefix={text(o, 'namePrefix')}
      day={datePart(o['day'])}
      month={datePart(o['month'])}
      year={datePart(o['year'])}
      values={sub(o, 'values') as { [name: string]: string }}
      items={'items' in o ? list(o, 'items').map(datePart) : undefined}
    />
  ),
  details: o => (
    <Details {...common(o)} id={text(o, 'id')} summary={content(o, 'summaryHtml', 'summaryText')} isOpen={flag(o, 'open')}>
      {content(o)}
    </Details>
  ),
  'error-message': o => (
    <ErrorMessage
      {...common(o)}
      id={text(o, 'id')}
      hiddenText={o['visuallyHiddenText'] === false ? '' : text(o, 'visuallyHiddenText')}
    >
      {content(o)}
    </ErrorMessage>
  ),
  'error-summary': o => (
    <ErrorSummary
      {...common(o)}
      title={content(o, 'titleHtml', 'titleText')}
      disableAutoFocus={flag(o, 'disableAutoFocus')}
      errors={list(o, 'errorList').flatMap(item =>
        item ? [{ href: text(item, 'href'), says: content(item), attributes: attributes(item) }] : [],
      )}
    >
      {content(o, 'descriptionHtml', 'descriptionText')}
    </ErrorSummary>
  ),
  'exit-this-page': o => (
    <ExitThisPage
      {...common(o)}
      id={text(o, 'id')}
      href={text(o, 'redirectUrl')}
      texts={{
        activated: text(o, 'activatedText'),
        timedOut: text(o, 'timedOutText'),
        pressTwoMoreTimes: text(o, 'pressTwoMoreTimesText'),
        pressOneMoreTime: text(o, 'pressOneMoreTimeText'),
      }}
    >
      {content(o)}
    </ExitThisPage>
  ),
  fieldset: o => (
    <Fieldset
      {...common(o)}
      role={word<'group'>(o, 'role')}
      describedBy={text(o, 'describedBy')}
      legend={content(sub(o, 'legend'))}
      legendClass={text(sub(o, 'legend'), 'classes')}
      legendIsHeading={flag(sub(o, 'legend'), 'isPageHeading')}
    >
      {content(o)}
    </Fieldset>
  ),
  'file-upload': o => <FileUpload {...field(o)} multiple={flag(o, 'multiple')} />,
  'generic-header': o => (
    <GenericHeader {...common(o)} href={text(o, 'url')} containerClass={text(o, 'containerClasses')}>
      {content(o, 'logoHtml', 'logoText')}
    </GenericHeader>
  ),
  hint: o => (
    <Hint {...common(o)} id={text(o, 'id')}>
      {content(o)}
    </Hint>
  ),
  input: o => (
    <Input
      {...field(o)}
      type={word<'text'>(o, 'type')}
      value={text(o, 'value')}
      inputmode={word<'text'>(o, 'inputmode')}
      autocomplete={text(o, 'autocomplete')}
      autocapitalize={word<'none'>(o, 'autocapitalize')}
      pattern={text(o, 'pattern')}
      spellcheck={flag(o, 'spellcheck')}
      prefix={content(sub(o, 'prefix'))}
      prefixProps={common(sub(o, 'prefix'))}
      suffix={content(sub(o, 'suffix'))}
      suffixProps={common(sub(o, 'suffix'))}
      wrapperClass={text(sub(o, 'inputWrapper'), 'classes')}
      wrapperAttributes={attributes(sub(o, 'inputWrapper'))}
    />
  ),
  'inset-text': o => (
    <InsetText {...common(o)} id={text(o, 'id')}>
      {content(o)}
    </InsetText>
  ),
  label: o => (
    <Label {...common(o)} for={text(o, 'for')} isHeading={flag(o, 'isPageHeading')}>
      {content(o)}
    </Label>
  ),
  'notification-banner': o => (
    <NotificationBanner
      {...common(o)}
      type={text(o, 'type') === 'success' ? 'success' : undefined}
      title={content(o, 'titleHtml', 'titleText')}
      titleId={text(o, 'titleId')}
      headingLevel={level(o, 'titleHeadingLevel')}
      role={word<'alert'>(o, 'role')}
      disableAutoFocus={flag(o, 'disableAutoFocus')}
      text={text(o, 'text')}
    >
      {text(o, 'html') && content(o)}
    </NotificationBanner>
  ),
  pagination: o => {
    const step = (key: string) =>
      isOptions(o[key])
        ? {
            href: text(sub(o, key), 'href') ?? '',
            text: content(sub(o, key)),
            label: text(sub(o, key), 'labelText'),
            attributes: attributes(sub(o, key)),
          }
        : undefined
    return (
      <Pagination
        {...common(o)}
        label={text(o, 'landmarkLabel')}
        previous={step('previous')}
        next={step('next')}
        items={
          'items' in o
            ? list(o, 'items').map(item => {
                if (!item || Object.keys(item).length === 0) return null
                if (flag(item, 'ellipsis')) return 'ellipsis'
                return {
                  number: text(item, 'number') ?? '',
                  href: text(item, 'href') ?? '',
                  isCurrent: flag(item, 'current'),
                  spokenAs: text(item, 'visuallyHiddenText'),
                  attributes: attributes(item),
                }
              })
            : undefined
        }
      />
    )
  },
  panel: o => (
    <Panel
      {...common(o)}
      title={content(o, 'titleHtml', 'titleText')}
      headingLevel={level(o, 'headingLevel')}
      isInterruption={text(o, 'classes')?.includes('govuk-panel--interruption')}
      class={text(o, 'classes')?.replace('govuk-panel--interruption', '')}
      actionsClass={text(sub(o, 'actions'), 'classes')}
      actionsAttributes={attributes(sub(o, 'actions'))}
      actions={
        'actions' in o
          ? list(sub(o, 'actions'), 'items').flatMap(action =>
              action
                ? [{ text: content(action), href: text(action, 'href'), type: word<'button'>(action, 'type'), ...common(action) }]
                : [],
            )
          : undefined
      }
    >
      {content(o)}
    </Panel>
  ),
  'password-input': o => (
    <PasswordInput
      {...field(o)}
      value={text(o, 'value')}
      autocomplete={word<'new-password'>(o, 'autocomplete')}
      buttonClass={text(sub(o, 'button'), 'classes')}
      texts={{
        showPassword: text(o, 'showPasswordText'),
        hidePassword: text(o, 'hidePasswordText'),
        showPasswordAriaLabel: text(o, 'showPasswordAriaLabelText'),
        hidePasswordAriaLabel: text(o, 'hidePasswordAriaLabelText'),
        passwordShownAnnouncement: text(o, 'passwordShownAnnouncementText'),
        passwordHiddenAnnouncement: text(o, 'passwordHiddenAnnouncementText'),
      }}
    />
  ),
  'phase-banner': o => (
    <PhaseBanner {...common(o)} tag={content(sub(o, 'tag'))} tagClass={text(sub(o, 'tag'), 'classes')}>
      {content(o)}
    </PhaseBanner>
  ),
  radios: o => (
    <Radios
      {...group(o)}
      name={text(o, 'name') ?? ''}
      idPrefix={text(o, 'idPrefix')}
      items={choices(o)}
      value={text(o, 'value')}
    />
  ),
  select: o => (
    <Select
      {...field(o)}
      value={text(o, 'value')}
      items={list(o, 'items').map(
        item =>
          item && {
            value: 'value' in item ? String(item['value']) : undefined,
            text: text(item, 'text') ?? '',
            selected: flag(item, 'selected'),
            disabled: flag(item, 'disabled'),
            attributes: attributes(item),
          },
      )}
    />
  ),
  'service-navigation': o => {
    const slots = sub(o, 'slots')
    const slot = (key: string) => (typeof slots[key] === 'string' ? raw(slots[key]) : content(sub(slots, key)))
    return (
      <ServiceNavigation
        {...common(o)}
        name={text(o, 'serviceName')}
        nameHref={text(o, 'serviceUrl')}
        label={text(o, 'ariaLabel')}
        menuText={text(o, 'menuButtonText')}
        menuLabel={text(o, 'menuButtonLabel')}
        navigationLabel={text(o, 'navigationLabel')}
        navigationClass={text(o, 'navigationClasses')}
        navigationId={text(o, 'navigationId')}
        collapseOnMobile={flag(o, 'collapseNavigationOnMobile')}
        start={slot('start')}
        end={slot('end')}
        isEndInline={text(sub(slots, 'end'), 'align') === 'inline'}
        navigationStart={slot('navigationStart')}
        navigationEnd={slot('navigationEnd')}
        items={list(o, 'navigation').map(
          item =>
            item && {
              text: content(item),
              href: text(item, 'href'),
              isCurrent: flag(item, 'current'),
              isActive: flag(item, 'active'),
              attributes: attributes(item),
            },
        )}
      />
    )
  },
  'skip-link': o => (
    <SkipLink {...common(o)} href={text(o, 'href')}>
      {content(o)}
    </SkipLink>
  ),
  'summary-list': o => (
    <SummaryList
      {...common(o)}
      card={
        isOptions(o['card'])
          ? {
              ...common(o['card']),
              title: content(sub(o['card'], 'title')),
              titleClass: text(sub(o['card'], 'title'), 'classes'),
              headingLevel: level(sub(o['card'], 'title'), 'headingLevel'),
              actions: summaryActions(o['card']),
              actionsClass: text(sub(o['card'], 'actions'), 'classes'),
            }
          : undefined
      }
      rows={list(o, 'rows').map(
        row =>
          row && {
            key: content(sub(row, 'key')),
            value: content(sub(row, 'value')),
            actions: summaryActions(row),
            class: text(row, 'classes'),
            keyClass: text(sub(row, 'key'), 'classes'),
            valueClass: text(sub(row, 'value'), 'classes'),
            actionsClass: text(sub(row, 'actions'), 'classes'),
          },
      )}
    />
  ),
  table: o => (
    <Table
      {...common(o)}
      caption={text(o, 'caption')}
      captionClass={text(o, 'captionClasses')}
      isFirstCellHeader={flag(o, 'firstCellIsHeader')}
      head={'head' in o ? list(o, 'head').map(item => cell(item ?? {})) : undefined}
      rows={
        Array.isArray(o['rows'])
          ? o['rows'].map(row => (Array.isArray(row) ? row.map(item => cell(isOptions(item) ? item : {})) : null))
          : []
      }
    />
  ),
  tag: o => <Tag {...common(o)}>{content(o)}</Tag>,
  'task-list': o => (
    <TaskList
      {...common(o)}
      idPrefix={text(o, 'idPrefix')}
      items={list(o, 'items').map(item => {
        if (!item) return null
        const status = sub(item, 'status')
        const tag = status['tag']
        return {
          title: content(sub(item, 'title')),
          titleClass: text(sub(item, 'title'), 'classes'),
          href: text(item, 'href'),
          hint: content(sub(item, 'hint')),
          status: isOptions(tag) ? <Tag {...common(tag)}>{content(tag)}</Tag> : content(status),
          statusClass: text(status, 'classes'),
          class: text(item, 'classes'),
        }
      })}
    />
  ),
  textarea: o => (
    <Textarea
      {...field(o)}
      value={text(o, 'value')}
      rows={num(o, 'rows')}
      spellcheck={flag(o, 'spellcheck')}
      autocomplete={text(o, 'autocomplete')}
    />
  ),
  'warning-text': o => (
    <WarningText {...common(o)} iconText={text(o, 'iconFallbackText')}>
      {content(o)}
    </WarningText>
  ),
}

const dropZone = "the browser's own control works without a script, and takes a dropped file as well"

/** Fixtures that we leave out on purpose, as "component: fixture", with the reason. */
const leftOut: { readonly [fixture: string]: string } = {
  'file-upload: enhanced': dropZone,
  'file-upload: enhanced, with error message and hint': dropZone,
  'file-upload: enhanced, multiple files': dropZone,
  'file-upload: enhanced, custom wrapper classes and attributes': dropZone,
  'file-upload: translated': dropZone,
}

const inline = new Set(['a', 'abbr', 'b', 'code', 'em', 'i', 'input', 'span', 'strong', 'label', 'button'])
const empty = new Set(['area', 'br', 'col', 'hr', 'img', 'input', 'link', 'meta'])

function decode(html: string): string {
  const named: { readonly [name: string]: string } = {
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: '\u00a0',
    ctdot: '⋯',
  }
  return html.replace(/&(#x[\da-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return named[name] ?? whole
    return String.fromCodePoint(name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)))
  })
}

function normaliseTag(tag: string): string {
  const [, slash = '', name = '', rest = ''] = /^<(\/?)([\w-]+)([\s\S]*?)\/?>$/.exec(tag) ?? []
  if (slash) return `</${name}>`
  const pairs = [...rest.matchAll(/([^\s=]+)(?:="([^"]*)")?/g)].map(([, key = '', value = '']) => {
    const said = key === 'class' ? value.trim().split(/\s+/).sort().join(' ') : decode(value)
    return `${key}=${JSON.stringify(said)}`
  })
  const opened = `<${[name, ...pairs.sort()].join(' ')}>`
  return tag.endsWith('/>') && !empty.has(name) ? `${opened}\n</${name}>` : opened
}

const nameOf = (tag: string) => /^<\/?([\w-]+)/.exec(tag)?.[1] ?? ''

/** Reduces a text to what a reader would notice: blanks inside a line, but none at the edges of a block. */
function normaliseText(html: string, before: string, after: string): string {
  if (before.startsWith('<textarea')) return JSON.stringify(decode(html))
  const collapsed = html.replace(/[ \t\r\n]+/g, ' ')
  if (collapsed.trim() === '') return ''
  const keepsStart = before.startsWith('</') && inline.has(nameOf(before))
  const keepsEnd = !after.startsWith('</') && inline.has(nameOf(after))
  const start = keepsStart ? collapsed : collapsed.trimStart()
  return JSON.stringify(decode(keepsEnd ? start : start.trimEnd()))
}

/** One line per tag and text, with attributes and classes in order, so that a difference is easy to see. */
function normalise(html: string): string {
  const parts = html.replace(/<\/?raw-html>/g, '').split(/(<[^>]+>)/)
  return parts
    .map((part, index) => (index % 2 ? normaliseTag(part) : normaliseText(part, parts[index - 1] ?? '', parts[index + 1] ?? '')))
    .filter(line => line !== '')
    .join('\n')
}

interface Fixture {
  readonly name: string
  readonly options: Options
  readonly html: string
}

function fixturesOf(component: string): readonly Fixture[] {
  const file: { fixtures: Fixture[] } = JSON.parse(readFileSync(join(componentsFolder, component, 'fixtures.json'), 'utf8'))
  return file.fixtures
}

for (const [component, draw] of Object.entries(adapters)) {
  describe(`A reader meets the official ${component}`, () => {
    for (const { name, options, html } of fixturesOf(component)) {
      const reason = leftOut[`${component}: ${name}`]
      const ours = () => normalise(renderToString(draw(options)))
      if (reason === undefined) {
        test(name, () => assert.equal(ours(), normalise(html)))
      } else {
        test(`${name} (left out: ${reason})`, () =>
          assert.notEqual(ours(), normalise(html), 'it is equal now: take it off the list'))
      }
    }
  })
}

test('Whoever takes a fixture off the official list finds it gone from ours', () => {
  const known = Object.keys(adapters).flatMap(component => fixturesOf(component).map(({ name }) => `${component}: ${name}`))
  assert.deepEqual(
    Object.keys(leftOut).filter(fixture => !known.includes(fixture)),
    [],
  )
})

test('Nobody can put raw HTML into a page, nor script or style into a tag', () => {
  const web = join(import.meta.dirname.replace(/([\\/])dist([\\/]src[\\/])/, '$2'), '..')
  const files = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter(
    name => /\.tsx?$/.test(name) && !name.includes('.test.'),
  )
  assert.ok(files.length > 20)
  for (const name of files) {
    const code = readFileSync(join(web, name), 'utf8')
    assert.doesNotMatch(code, /dangerouslySetInnerHTML|innerHTML|\bstyle=|\bon[A-Z]\w+=\{|<script>|javascript:/, name)
  }
})

test('A text that looks like markup is shown as it was typed', () => {
  const html = renderToString(<SummaryCard title="<script>alert(1)</script>">{'<b>&"'}</SummaryCard>)
  assert.doesNotMatch(html, /<script|<b>/)
  assert.match(html, /&lt;b>&amp;/)
})
