import assert from 'node:assert/strict'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import type { PlainDate } from '../kernel/plain-date.ts'
import { repositoryRoot } from '../platform/repository-root.ts'
import { accessMoves } from './access-moves.ts'
import { loadPolicies } from './load.ts'
import { standInRoles } from './stand-in-roles.ts'

const loaded = loadPolicies(join(repositoryRoot, 'policies'))
assert.ok(loaded.ok)
const policies = loaded.value
const profiles = policies.keys.map(key => policies.profile(key, '2026-11-02' as PlainDate))

suite('Whoever asks why somebody may open what they open', () => {
  test('finds every role that opens files, takes a concern in the team’s place or is given a case, at each of the five schools', () => {
    for (const profile of profiles) {
      const moved = new Set(accessMoves(profile).flatMap(({ roles }) => roles))
      const given = [
        ...(profile.fileRoles?.value ?? []),
        ...standInRoles(profile),
        ...profile.conduct.chains.flatMap(chain => [...chain.steps, ...chain.shared].flatMap(({ roles }) => roles)),
      ]
      assert.deepEqual([...moved].toSorted(), [...new Set(given)].toSorted())
    }
    assert.equal(profiles.length, 5)
  })

  test('finds a section of a document for each, and a reading wherever no text says it', () => {
    for (const profile of profiles)
      for (const { gives, where } of accessMoves(profile)) {
        assert.ok(profile.documents[where.source.document] ?? where.source.document === 'settings', `${profile.key}: ${gives}`)
        assert.notEqual(where.source.section, '')
      }
  })

  test('finds that the schools differ, where their policies do', () => {
    const chains = profiles.map(profile => JSON.stringify(accessMoves(profile).map(({ roles }) => roles)))
    assert.equal(new Set(chains).size, 5)
  })
})
