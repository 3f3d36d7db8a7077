// Crockford's alphabet: no I, L, O or U, so that it can be read out over a telephone.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A short name for a concern or a case, made from the random end of its id: `K7M4-Q2XD`. Tells nothing of order or number. */
export function referenceOf(id: string): string {
  let rest = BigInt(`0x${id.replaceAll('-', '').slice(-10)}`)
  let letters = ''
  for (let n = 0; n < 8; n += 1) {
    letters = alphabet.charAt(Number(rest % 32n)) + letters
    rest /= 32n
  }
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}

/** Is this text a reference, as far as its letters go? */
export function isReference(text: string): boolean {
  return /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/.test(text)
}
