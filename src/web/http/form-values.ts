/** The one character that a database cannot keep becomes the sign for what cannot be read, as for other broken text. */
export function readable(text: string): string {
  return text.replaceAll('\0', '\uFFFD')
}

/** What a form sent: text by field name, several values where a field was repeated. Never trusted, never lost. */
export class FormValues {
  readonly #fields: ReadonlyMap<string, readonly string[]>

  constructor(fields: ReadonlyMap<string, readonly string[]>) {
    this.#fields = fields
  }

  static of(pairs: Iterable<readonly [string, string]>): FormValues {
    const fields = new Map<string, string[]>()
    for (const [sentName, sentValue] of pairs) {
      const name = readable(sentName)
      const value = readable(sentValue)
      const values = fields.get(name)
      if (values) values.push(value)
      else fields.set(name, [value])
    }
    return new FormValues(fields)
  }

  static empty(): FormValues {
    return new FormValues(new Map())
  }

  static parse(body: string): FormValues {
    return FormValues.of(new URLSearchParams(body))
  }

  /** The first value, '' where the field was not sent. Line ends are made plain. */
  text(name: string): string {
    const value = this.#fields.get(name)?.[0] ?? ''
    return value.includes('\r') ? value.replaceAll('\r\n', '\n') : value
  }

  all(name: string): readonly string[] {
    return this.#fields.get(name) ?? []
  }

  has(name: string): boolean {
    return this.#fields.has(name)
  }

  names(): string[] {
    return [...this.#fields.keys()]
  }

  /** Everything, without the fields that belong to the form's own machinery (they begin with an underscore). */
  entries(): [string, string][] {
    return [...this.#fields].flatMap(([name, values]) =>
      name.startsWith('_') ? [] : values.map((value): [string, string] => [name, value]),
    )
  }

  with(name: string, ...values: string[]): FormValues {
    return new FormValues(new Map([...this.#fields, [name, values]]))
  }
}
