import { join } from 'node:path'
import type { ClientConfig } from 'pg'
import { accessTable } from '../src/access/table.ts'
import type { PlainDate } from '../src/kernel/plain-date.ts'
import { repositoryRoot } from '../src/platform/repository-root.ts'
import { accessMovesDocument } from '../src/policy/access-moves.ts'
import { faultInWords } from '../src/policy/faults.ts'
import { loadPolicies, type Policies } from '../src/policy/load.ts'
import { rulesDocument } from '../src/policy/rules-document.ts'
import { routes } from '../src/web/routes.ts'
import { asvsWithCounts } from './asvs-document.ts'
import { billOfMaterials } from './bill-of-materials.ts'
import { conformanceDocument, readmeWithConformance } from './conformance-document.ts'
import { routesDocument } from './routes-document.ts'
import { schemaDocument } from './schema-document.ts'

/** A document that a program writes, or a part of one: people review it and never edit it. */
export type GeneratedDocument = {
  readonly path: string
  /** `admin` reaches a migrated and otherwise empty database. */
  make(admin: ClientConfig): string | Promise<string>
}

function checkoutPolicies(): Policies {
  const loaded = loadPolicies(join(repositoryRoot, 'policies'))
  if (!loaded.ok) throw new Error(loaded.refusal.map(faultInWords).join('\n'))
  return loaded.value
}

/** The policies and the day of the last change of any profile, so that a document changes only with the policies. */
function policiesAtLast(): { readonly policies: Policies; readonly on: PlainDate } {
  const policies = checkoutPolicies()
  const last = policies.keys
    .flatMap(key => policies.changes(key))
    .toSorted()
    .at(-1)
  if (last === undefined) throw new Error('no school has a policy')
  return { policies, on: last }
}

function rules(): string {
  const { policies, on } = policiesAtLast()
  return rulesDocument(policies, on)
}

function access(): string {
  const { policies, on } = policiesAtLast()
  return `${accessTable()}\n${accessMovesDocument(policies.keys.map(key => policies.profile(key, on)))}`
}

export const generatedDocuments: readonly GeneratedDocument[] = [
  { path: 'docs/access-table.md', make: access },
  { path: 'docs/conformance.md', make: conformanceDocument },
  { path: 'README.md', make: readmeWithConformance },
  { path: 'docs/routes.md', make: () => routesDocument(routes) },
  { path: 'docs/rules.md', make: rules },
  { path: 'docs/schema.md', make: schemaDocument },
  { path: 'docs/security/asvs.md', make: asvsWithCounts },
  { path: 'docs/security/sbom.cdx.json', make: billOfMaterials },
]
