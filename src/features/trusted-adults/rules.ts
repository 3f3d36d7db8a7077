/** What share of pupils can name somebody. Pure. */

/** In whole per cent; of nobody it is nothing. */
export function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 100)
}
