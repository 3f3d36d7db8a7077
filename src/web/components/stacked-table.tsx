import type { VNode } from 'preact'
import type { Content } from './attributes.ts'
import { Table } from './table.tsx'

export interface StackedTableProps {
  readonly caption: string
  /** Shown in this size; left out, the caption is for screen readers alone. */
  readonly captionSize?: 's' | 'm' | undefined
  readonly head: readonly string[]
  readonly rows: readonly (readonly Content[])[]
}

/** A table whose rows become one block each on a telephone, every cell under the heading of its column: no column is cut off there. */
export function StackedTable({ caption, captionSize, head, rows }: StackedTableProps): VNode {
  return (
    <Table
      caption={caption}
      captionSize={captionSize}
      captionClass={captionSize ? undefined : 'govuk-visually-hidden'}
      class="hf-stacked"
      head={head}
      rows={rows.map(row => row.map((content, column) => ({ content, attributes: { 'data-label': head[column] ?? '' } })))}
    />
  )
}
