/** A name as it is compared when searched: lower case, without accents, apostrophes or hyphens. */
export function plainName(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/['’`]/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** What a child is found by: every name in the order given, known-as last. */
export function searchName(given: string, family: string, knownAs: string | undefined): string {
  return plainName([given, family, knownAs ?? ''].join(' '))
}
