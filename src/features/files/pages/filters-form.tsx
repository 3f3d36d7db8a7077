import type { VNode } from 'preact'
import type { Profile } from '../../../policy/profile.ts'
import {
  Button,
  ButtonGroup,
  Checkboxes,
  DateInput,
  Details,
  ErrorSummaryFor,
  findError,
  Radios,
  Select,
} from '../../../web/components/index.ts'
import { type FiltersRead, isFiltered } from '../filters.ts'
import { type Chronology, entryKinds, type FileHeader } from '../model.ts'
import { categoryName, counted, kindNames } from '../words.ts'

export interface FiltersFormProps {
  readonly header: FileHeader
  readonly chronology: Chronology
  readonly profile: Profile
  readonly read: FiltersRead
}

function DateBoxes({
  name,
  legend,
  read,
}: {
  readonly name: 'from' | 'to'
  readonly legend: string
  readonly read: FiltersRead
}): VNode {
  const error = ['day', 'month', 'year'].map(part => findError(read.errors, `${name}-${part}`)).find(Boolean)
  return <DateInput id={name} namePrefix={name} legend={legend} legendSize="s" values={read.typed} error={error} />
}

/** Narrows the chronology; a plain address, so that it can be kept, sent and pressed back to. */
export function FiltersForm({ header, chronology, profile, read }: FiltersFormProps): VNode {
  const { filters } = read
  const kinds = entryKinds.filter(kind => chronology.kinds[kind] !== undefined || filters.kinds.includes(kind))
  const categories = [...new Set([...chronology.categories, ...(filters.category ? [filters.category] : [])])]
    .map(value => ({ value, text: categoryName(profile, value) }))
    .toSorted((a, b) => a.text.localeCompare(b.text, 'en-GB'))
  const isNarrowed = isFiltered(filters) || read.errors.length > 0
  return (
    <Details summary="Choose what the timeline and the chronology show" isOpen={read.errors.length > 0} class="hf-no-print">
      <form method="get" action={`/children/${header.id}`} class="hf-choose">
        <Checkboxes
          name="kind"
          legend="Kinds of entry"
          legendSize="s"
          hint="Choose none to see all of them."
          look="small"
          class="hf-choose__kinds"
          values={filters.kinds}
          items={kinds.map(kind => ({ value: kind, label: `${kindNames[kind].several} (${chronology.kinds[kind] ?? 0})` }))}
        />
        {categories.length > 0 && (
          <Select
            name="category"
            label="Category"
            labelSize="s"
            value={filters.category ?? ''}
            items={[{ value: '', text: 'Every category' }, ...categories]}
          />
        )}
        <div class="hf-choose__dates">
          <DateBoxes name="from" legend="From this day" read={read} />
          <DateBoxes name="to" legend="To this day" read={read} />
        </div>
        <Radios
          name="order"
          legend="Order"
          legendSize="s"
          look="small"
          value={filters.order}
          items={[
            { value: 'newest', label: 'Newest first' },
            { value: 'oldest', label: 'Oldest first' },
          ]}
        />
        <Checkboxes
          name="words"
          look="small"
          values={filters.words ? ['1'] : []}
          items={[{ value: '1', label: 'Show the full words, and not only headings' }]}
        />
        <ButtonGroup>
          <Button>Show these</Button>
          {isNarrowed && (
            <a class="govuk-link" href={`/children/${header.id}`}>
              Show all {counted(chronology.total, 'entry', 'entries')}
            </a>
          )}
        </ButtonGroup>
      </form>
    </Details>
  )
}

/** What is wrong with the dates asked for, at the top of the page. */
export function FilterFaults({ read }: { readonly read: FiltersRead }): VNode | null {
  return <ErrorSummaryFor errors={read.errors} />
}
