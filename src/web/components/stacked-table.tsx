import type { VNode } from 'preact'
import type { Content } from './attributes.ts'
import { Table } from './table.tsx'

export interface StackedTableProps {
  readonly caption: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly Content[])[]
}

/** A table whose rows become one block each on a telephone, every cell under the heading of its column: no column is cut off there. */
export function StackedTable({ caption, head, rows }: StackedTableProps): VNode {
  return (
    <Table
      caption={caption}
      captionClass="govuk-visually-hidden"
      class="hf-stacked"
      head={head}
      rows={rows.map(row => row.map((content, column) => ({ content, attributes: { 'data-label': head[column] ?? '' } })))}
    />
  )
}
