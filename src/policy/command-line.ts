import { ok, type Result, refused } from '../kernel/result.ts'
import { likeliest } from './field-forms.ts'

/** What a command was called with: the options that are there, what those with a value say, and the rest in its order. */
export interface CommandLine {
  readonly options: ReadonlySet<string>
  readonly values: ReadonlyMap<string, string>
  readonly rest: readonly string[]
}

export interface KnownOptions {
  /** Options that stand alone, such as `--json`. */
  readonly alone: readonly string[]
  /** Options that are followed by a value, with what it is: `--policies` and `a folder`. */
  readonly valued?: Readonly<Record<string, string>>
}

/** Reads the words of a command line; an option that is not known, or lacks its value, is refused in a sentence. */
export function readCommandLine(words: readonly string[], { alone, valued = {} }: KnownOptions): Result<CommandLine, string> {
  const options = new Set<string>()
  const values = new Map<string, string>()
  const rest: string[] = []
  const known = [...alone, ...Object.keys(valued)]
  const left = [...words]
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    const [, name = word, given] = /^(--[^=]+)=(.*)$/.exec(word) ?? []
    if (!word.startsWith('-')) rest.push(word)
    else if (alone.includes(name) && given === undefined) options.add(name)
    else if (alone.includes(name)) return refused(`${name} takes no value.`)
    else if (Object.hasOwn(valued, name)) {
      const value = given ?? left.shift()
      if (!value || value.startsWith('-')) return refused(`${name} is followed by ${valued[name]}.`)
      values.set(name, value)
    } else {
      const meant = likeliest(name, known)
      return refused(`Nothing is known of ${name}.${meant ? ` Did you mean ${meant}?` : ''} The options are ${known.join(', ')}.`)
    }
  }
  return ok({ options, values, rest })
}
