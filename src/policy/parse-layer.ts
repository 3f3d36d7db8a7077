import type { Result } from '../kernel/result.ts'
import { ok, refused } from '../kernel/result.ts'
import type { Fault, FieldFault } from './faults.ts'
import { faultsOfIssues } from './faults.ts'
import {
  type AuthorityFile,
  type LayerKind,
  layerSchemas,
  type NationalFile,
  type SchoolFile,
  type TrustFile,
} from './language.ts'
import { knownKeys, readYaml } from './yaml-text.ts'

interface LayerHead {
  /** The file's name without its ending. */
  readonly key: string
  readonly file: string
  /** Gives a fault its file, line and column. */
  readonly locate: (fault: FieldFault) => Fault
  /** What the school decided in the product, above its files. */
  readonly decided?: true
}

/** One policy file, read and of the right shape; whether it fits the others is for `check-layers.ts`. */
export type Layer =
  | (LayerHead & { readonly kind: 'national'; readonly data: NationalFile })
  | (LayerHead & { readonly kind: 'authorities'; readonly data: AuthorityFile })
  | (LayerHead & { readonly kind: 'trusts'; readonly data: TrustFile })
  | (LayerHead & { readonly kind: 'schools'; readonly data: SchoolFile })

/** Reads one file's text as a layer of its kind, or says every fault of its shape. */
export function parseLayer(kind: LayerKind, key: string, file: string, text: string): Result<Layer, readonly Fault[]> {
  const read = readYaml(file, text)
  if (!read.ok) return read
  const { data, locate } = read.value
  const schema = layerSchemas[kind]
  // Each schema reads a handful of files once: compiling it first would cost more than it saves.
  const parsed = schema.safeParse(data, { jitless: true })
  if (!parsed.success) {
    return refused(faultsOfIssues(parsed.error.issues, data, path => knownKeys(schema, path)).map(locate))
  }
  return ok({ kind, key, file, locate, data: parsed.data } as Layer)
}
