import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { byText } from '../src/kernel/ordering.ts'
import { repositoryRoot } from '../src/platform/repository-root.ts'

export const weights = [3, 2, 1] as const

const dutySchema = z.object({
  id: z.string().regex(/^[A-Z]{2}(-[A-Za-z0-9.]+)+-\d{2}$/),
  area: z.string(),
  kind: z.string(),
  duty: z.string(),
  weight: z.literal(weights),
  proof: z.string(),
})

const answeredSchema = z.array(z.object({ id: z.string(), reason: z.string().min(20) }))

/** What a school obliges itself to do, as its policy was read. */
export interface Duty extends z.infer<typeof dutySchema> {
  readonly policy: string
}

/** Duties that no software can fulfil, and why. */
export type Answered = ReadonlyMap<string, string>

const folder = join(repositoryRoot, 'conformance')
const notDuties = 'inventories.yaml'

/** Every duty of the five policies, in the order of their files. */
export function readLedger(): readonly Duty[] {
  const ledger = join(folder, 'ledger')
  return readdirSync(ledger)
    .filter(name => name.endsWith('.yaml') && name !== notDuties)
    .toSorted(byText)
    .flatMap(name => {
      const duties = z.array(dutySchema).parse(parse(readFileSync(join(ledger, name), 'utf8')))
      return duties.map(duty => ({ ...duty, policy: name.replace('.yaml', '') }))
    })
}

/** The duties that lie outside any software. */
export function readAnswered(): Answered {
  const rows = answeredSchema.parse(parse(readFileSync(join(folder, 'answered.yaml'), 'utf8')))
  return new Map(rows.map(row => [row.id, row.reason]))
}
