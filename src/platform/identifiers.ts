import { randomUUID } from 'node:crypto'

const randomUUIDv7 = ((await import('node:crypto')) as unknown as { randomUUIDv7?: () => string }).randomUUIDv7 ?? randomUUID

/** A new id. Time-ordered where the runtime can, so that indexes grow at one end; never shown as a sequence. */
export function newId<Id extends string>(): Id {
  return randomUUIDv7() as Id
}
