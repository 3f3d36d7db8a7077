let loaded: Promise<ReadonlySet<string>> | undefined

/**
 * The 49,000 commonest passwords, by zxcvbn's list. Read when a password is first chosen, since most starts of the program see none
 * being chosen.
 */
export function commonPasswords(): Promise<ReadonlySet<string>> {
  loaded ??= import('@zxcvbn-ts/language-common').then(({ dictionary }) => {
    const list: unknown = dictionary['passwords-common']
    if (!Array.isArray(list)) throw new Error('the list of common passwords cannot be read')
    return new Set(list.map(String))
  })
  return loaded
}
