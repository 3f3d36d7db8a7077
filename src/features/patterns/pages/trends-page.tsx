import type { VNode } from 'preact'
import { dateInWords } from '../../../kernel/london-time.ts'
import { Button, Scroll, Select, Table } from '../../../web/components/index.ts'
import type { CategoryRow, Term, Trend, TrendRow } from '../rules-trends.ts'
import { Views } from './parts.tsx'

export interface TrendsPageProps {
  readonly terms: readonly Term[]
  readonly term: Term | undefined
  readonly categories: readonly CategoryRow[]
  readonly total: CategoryRow | undefined
  readonly overlaps: readonly CategoryRow[]
  readonly trends: readonly Trend[]
}

function Counts({ caption, rows }: { readonly caption: string; readonly rows: readonly TrendRow[] }): VNode {
  return (
    <Table
      caption={caption}
      captionSize="m"
      head={['What', { content: 'Concerns', format: 'numeric' }]}
      rows={rows.map(row => [row.name, { content: row.shown, format: 'numeric' }])}
      isFirstCellHeader
    />
  )
}

function Categories({ categories, total }: Pick<TrendsPageProps, 'categories' | 'total'>): VNode {
  const rows = total ? [...categories, total] : categories
  return (
    <Table
      caption="Categories"
      captionSize="m"
      head={[
        'What',
        { content: 'Concerns', format: 'numeric' },
        { content: 'Children', format: 'numeric' },
        { content: 'Main one', format: 'numeric' },
      ]}
      rows={rows.map(row => [
        row.name,
        { content: row.concerns, format: 'numeric' },
        { content: row.children, format: 'numeric' },
        { content: row === total ? '' : row.main, format: 'numeric' },
      ])}
      isFirstCellHeader
    />
  )
}

function Overlaps({ overlaps }: Pick<TrendsPageProps, 'overlaps'>): VNode {
  return (
    <Table
      caption="Categories of one concern together"
      captionSize="m"
      head={['Which', { content: 'Concerns', format: 'numeric' }, { content: 'Children', format: 'numeric' }]}
      rows={overlaps.map(row => [
        row.name,
        { content: row.concerns, format: 'numeric' },
        { content: row.children, format: 'numeric' },
      ])}
      isFirstCellHeader
    />
  )
}

/** A term's concerns in numbers that name nobody. */
export function TrendsPage({ terms, term, categories, total, overlaps, trends }: TrendsPageProps): VNode {
  return (
    <>
      <h1 class="govuk-heading-l">Trends of a term</h1>
      <Views here="/trends" />
      <form method="get" action="/trends">
        <Select
          name="term"
          label="Term"
          value={term?.name ?? ''}
          items={terms.map(({ name, from, to }) => ({
            value: name,
            text: `${name}, ${dateInWords(from)} to ${dateInWords(to)}`,
          }))}
        />
        <Button look="secondary">Show</Button>
      </form>
      <p class="govuk-hint">
        Counted by the latest triage of each concern that you may see. A concern with two categories counts in both, and its child
        once in the last line; the holidays after a term count with it.
      </p>
      {categories.length === 0 ? (
        <p class="govuk-body">No concern of this term is triaged yet.</p>
      ) : (
        <>
          <Scroll label="Categories">
            <Categories categories={categories} total={total} />
          </Scroll>
          {overlaps.length > 0 && (
            <Scroll label="Categories of one concern together">
              <Overlaps overlaps={overlaps} />
            </Scroll>
          )}
        </>
      )}
      {trends.map(trend => (
        <Counts caption={trend.title} rows={[...trend.rows, { name: 'Any of these', shown: trend.total }]} />
      ))}
    </>
  )
}
