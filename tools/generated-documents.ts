import { join } from 'node:path'
import type { ClientConfig } from 'pg'
import { accessTable } from '../src/access/table.ts'
import { repositoryRoot } from '../src/platform/repository-root.ts'
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

/** The rules as they stand after the last change of any profile, so that the document changes only with the policies. */
function rules(): string {
  const policies = checkoutPolicies()
  const last = policies.keys
    .flatMap(key => policies.changes(key))
    .toSorted()
    .at(-1)
  if (last === undefined) throw new Error('no school has a policy')
  return rulesDocument(policies, last)
}

export const generatedDocuments: readonly GeneratedDocument[] = [
  { path: 'docs/access-table.md', make: accessTable },
  { path: 'docs/conformance.md', make: conformanceDocument },
  { path: 'README.md', make: readmeWithConformance },
  { path: 'docs/routes.md', make: () => routesDocument(routes) },
  { path: 'docs/rules.md', make: rules },
  { path: 'docs/schema.md', make: schemaDocument },
  { path: 'docs/security/asvs.md', make: asvsWithCounts },
  { path: 'docs/security/sbom.cdx.json', make: billOfMaterials },
]
