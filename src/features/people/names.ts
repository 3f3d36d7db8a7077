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

/** What a child is found by: every name in the order given, known-as last; O'Neill and Smith-Jones also by their parts. */
export function searchName(given: string, family: string, knownAs?: string | null): string {
  const names = [given, family, knownAs ?? ''].map(name => name.trim()).filter(name => name !== '')
  const parts = names.filter(name => /['’`]/.test(name)).map(name => plainName(name.replaceAll(/['’`]/g, ' ')))
  return [...names.map(plainName), ...parts].join(' ')
}

/** The beginnings that every hit must have, as patterns for LIKE; letters and digits alone, so nothing needs escaping. */
export function searchPatterns(typed: string): string[] {
  return plainName(typed)
    .split(' ')
    .filter(word => word !== '')
    .slice(0, 6)
    .map(word => `% ${word}%`)
}
