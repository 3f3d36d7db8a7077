import type { Attributes } from './attributes.ts'

/** One sentence per English plural form, with %{count} where the number goes. */
export interface PluralText {
  readonly one: string
  readonly other: string
}

/** Spells translated sentences as the data attributes that scripts read. */
export function i18nAttributes(texts: { readonly [key: string]: string | PluralText | undefined }): Attributes {
  const pairs = Object.entries(texts).flatMap(([key, text]): [string, string][] => {
    const name = `data-i18n.${key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`
    if (text === undefined) return []
    return typeof text === 'string'
      ? [[name, text]]
      : Object.entries(text).map(([rule, says]) => [`${name}.${rule}`, String(says)])
  })
  return Object.fromEntries(pairs)
}
