import type { VNode } from 'preact'
import { type Attributes, type Content, classNames, type Items, isPresent, present } from './attributes.ts'

/** A cell that needs more than its content said. */
export interface TableCellOptions {
  readonly content: Content
  readonly format?: 'numeric' | undefined
  readonly class?: string | undefined
  readonly colspan?: number | undefined
  readonly rowspan?: number | undefined
  readonly attributes?: Attributes | undefined
}

/** What stands in a cell, alone or with how it stands there. */
export type TableCell = Content | TableCellOptions

export interface TableProps {
  readonly caption?: Content
  readonly captionClass?: string | undefined
  readonly captionSize?: 's' | 'm' | 'l' | 'xl' | undefined
  readonly head?: readonly TableCell[] | undefined
  readonly rows: Items<readonly TableCell[]>
  readonly isFirstCellHeader?: boolean | undefined
  readonly class?: string | undefined
  readonly attributes?: Attributes | undefined
}

function optionsOf(cell: TableCell): TableCellOptions {
  return typeof cell === 'object' && cell !== null && 'content' in cell
    ? (cell as TableCellOptions)
    : { content: cell as Content }
}

function HeadCell({ cell }: { readonly cell: TableCellOptions }): VNode {
  return (
    <th
      scope="col"
      class={classNames('govuk-table__header', cell.format && `govuk-table__header--${cell.format}`, cell.class)}
      colspan={cell.colspan}
      rowspan={cell.rowspan}
      {...cell.attributes}
    >
      {cell.content}
    </th>
  )
}

function BodyCell({ cell, isHeader }: { readonly cell: TableCellOptions; readonly isHeader: boolean }): VNode {
  const spans = { colspan: cell.colspan, rowspan: cell.rowspan, ...cell.attributes }
  return isHeader ? (
    <th scope="row" class={classNames('govuk-table__header', cell.class)} {...spans}>
      {cell.content}
    </th>
  ) : (
    <td class={classNames('govuk-table__cell', cell.format && `govuk-table__cell--${cell.format}`, cell.class)} {...spans}>
      {cell.content}
    </td>
  )
}

/** Facts to compare across rows and columns. */
export function Table(props: TableProps): VNode {
  return (
    <table class={classNames('govuk-table', props.class)} {...props.attributes}>
      {isPresent(props.caption) && (
        <caption
          class={classNames(
            'govuk-table__caption',
            props.captionSize && `govuk-table__caption--${props.captionSize}`,
            props.captionClass,
          )}
        >
          {props.caption}
        </caption>
      )}
      {props.head && (
        <thead class="govuk-table__head">
          <tr class="govuk-table__row">
            {props.head.map(cell => (
              <HeadCell cell={optionsOf(cell)} />
            ))}
          </tr>
        </thead>
      )}
      <tbody class="govuk-table__body">
        {present(props.rows).map(row => (
          <tr class="govuk-table__row">
            {row.map((cell, index) => (
              <BodyCell cell={optionsOf(cell)} isHeader={index === 0 && Boolean(props.isFirstCellHeader)} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
