/** Sorts texts by their characters: dates and keys alike, the same on every machine, and far faster than by a language's rules. */
export function byText(a: string, b: string): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0
}
