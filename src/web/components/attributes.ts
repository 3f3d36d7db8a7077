import type { ComponentChildren } from 'preact'

/** Anything that may stand between two tags; strings in it are escaped. */
export type Content = ComponentChildren

/** Further attributes for the element that a component draws. */
export type Attributes = { readonly [name: string]: string | number | boolean | null | undefined }

/** The steps of the type scale that a label or legend can take. */
export type TextSize = 's' | 'm' | 'l' | 'xl'

/** A list in which a caller may switch single items off in place; the ids of the others stay the same. */
export type Items<T> = readonly (T | false | null | undefined | '')[]

/** Joins the class names that are present. */
export function classNames(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}

/** Joins ids for aria-describedby, or gives nothing when there is none to name. */
export function idList(...ids: readonly (string | false | null | undefined)[]): string | undefined {
  return classNames(...ids) || undefined
}

/** Says whether there is anything to draw. */
export function isPresent(content: Content): boolean {
  return content !== undefined && content !== null && content !== false && content !== ''
}

/** Keeps the items that a caller left switched on. */
export function present<T>(items: Items<T>): readonly T[] {
  return items.filter((item): item is T => Boolean(item))
}
