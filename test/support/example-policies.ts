import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { faultInWords } from '../../src/policy/faults.ts'
import { type Policies, type PolicyText, readPolicies } from '../../src/policy/load.ts'

/** The example files printed in `policies/README.md`, for tests: what the page shows is what the language reads. */
export function exampleTexts(): readonly PolicyText[] {
  const page = readFileSync(join(process.cwd(), 'policies/README.md'), 'utf8')
  return [...page.matchAll(/```yaml\n# (national|authorities|trusts|schools)\/(\S+)\.yaml\n([\s\S]*?)```/g)].map(
    ([, kind, key, text]): PolicyText => ({
      kind: kind as PolicyText['kind'],
      key: key ?? '',
      file: `${kind}/${key}.yaml`,
      text: text ?? '',
    }),
  )
}

/** The policies that the example files make. */
export function examplePolicies(): Policies {
  const policies = readPolicies(exampleTexts())
  if (!policies.ok) throw new Error(policies.refusal.map(faultInWords).join('\n'))
  return policies.value
}
