import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { repositoryRoot } from '../src/platform/repository-root.ts'

const names = z.record(z.string(), z.string()).optional()
const lockSchema = z.object({
  name: z.string(),
  version: z.string(),
  packages: z.record(
    z.string(),
    z.object({
      name: z.string().optional(),
      version: z.string().optional(),
      license: z.string().optional(),
      integrity: z.string().optional(),
      dev: z.boolean().optional(),
      optional: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      dependencies: names,
      optionalDependencies: names,
      peerDependencies: names,
    }),
  ),
})

type Lock = z.infer<typeof lockSchema>

const folder = 'node_modules/'

function nameAt(place: string, given: string | undefined): string {
  return given ?? place.slice(place.lastIndexOf(folder) + folder.length)
}

function purlOf(name: string, version: string): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`
}

/** Where node finds a package from a place: beside it, or in the folder of one of those around it. */
function findPlace(lock: Lock, from: string, name: string): string | undefined {
  for (let around = from; ; around = around.slice(0, Math.max(0, around.lastIndexOf(folder)))) {
    const place = `${around === '' || around.endsWith('/') ? around : `${around}/`}${folder}${name}`
    if (place in lock.packages) return place
    if (around === '') return undefined
  }
}

function licencesOf(licence: string | undefined) {
  if (licence === undefined) return {}
  return { licenses: [/\s/.test(licence) ? { expression: licence } : { license: { id: licence } }] }
}

function hashesOf(integrity: string | undefined) {
  const [, content] = /^sha512-(.+)$/.exec(integrity ?? '') ?? []
  return content ? { hashes: [{ alg: 'SHA-512', content: Buffer.from(content, 'base64').toString('hex') }] } : {}
}

// `excluded` is of development alone, in no running Holdfast; `optional` is for one kind of machine.
function scopeOf(held: Lock['packages'][string] | undefined): string {
  if (held?.dev) return 'excluded'
  return held?.optional || held?.devOptional ? 'optional' : 'required'
}

function componentAt(lock: Lock, place: string) {
  const held = lock.packages[place]
  const name = nameAt(place, held?.name)
  const [group, bare] = name.startsWith('@') ? name.split('/') : [undefined, name]
  return {
    type: 'library',
    'bom-ref': place,
    ...(group === undefined ? {} : { group }),
    name: bare ?? name,
    version: held?.version ?? '',
    scope: scopeOf(held),
    ...hashesOf(held?.integrity),
    ...licencesOf(held?.license),
    purl: purlOf(name, held?.version ?? ''),
  }
}

function needsOf(lock: Lock, place: string) {
  const held = lock.packages[place]
  const wanted = { ...held?.peerDependencies, ...held?.optionalDependencies, ...held?.dependencies }
  const dependsOn = Object.keys(wanted).flatMap(name => findPlace(lock, place, name) ?? [])
  return { ref: place === '' ? lock.name : place, dependsOn: [...new Set(dependsOn)].sort() }
}

/** Every package of `package-lock.json` with its digest and licence, and who needs whom, as CycloneDX 1.6; the same lock gives the same text. */
export function billOfMaterials(): string {
  const lock = lockSchema.parse(JSON.parse(readFileSync(join(repositoryRoot, 'package-lock.json'), 'utf8')))
  const places = Object.keys(lock.packages)
    .filter(place => place !== '')
    .sort()
  const bill = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': lock.name, name: lock.name, version: lock.version } },
    components: places.map(place => componentAt(lock, place)),
    dependencies: ['', ...places].map(place => needsOf(lock, place)),
  }
  return `${JSON.stringify(bill, null, 1)}\n`
}
