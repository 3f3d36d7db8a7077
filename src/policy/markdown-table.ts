import type { Source } from './profile.ts'

/** Where something stands, as a reader of a generated document looks it up. */
export function cite({ document, section }: Source, documents: Readonly<Record<string, { readonly title: string }>>): string {
  return `${documents[document]?.title ?? document}, ${section}`
}

export function table(head: readonly string[], rows: readonly string[]): readonly string[] {
  return [row(head), row(head.map(() => '---')), ...rows]
}

export function row(cells: readonly string[]): string {
  return `| ${cells.map(cell => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
}
