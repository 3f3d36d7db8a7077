import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { PlainDate } from '../kernel/plain-date.ts'
import { repositoryRoot } from '../platform/repository-root.ts'
import { startThrowAwayServer } from '../platform/throw-away-server.ts'
import { faultInWords } from '../policy/faults.ts'
import { findPolicyTexts, type PolicyText, readPolicies } from '../policy/load.ts'
import { eventKinds } from './events/index.ts'
import { play } from './play.ts'
import { contextOf, readRehearsal } from './reading.ts'

const page = readFileSync(join(repositoryRoot, 'docs/write-a-profile.md'), 'utf8')

function printed(kind: string): readonly PolicyText[] {
  const blocks = [...page.matchAll(/```yaml\n# (authorities|schools)\/(\S+)\.yaml\n([\s\S]*?)```/g)]
  return blocks.flatMap(([, folder, key = '', text = '']) =>
    folder === kind ? [{ kind, key, file: `${kind}/${key}.yaml`, text } as PolicyText] : [],
  )
}

test('a school that writes what the guide prints has a working profile beside the others, and can rehearse under it', async () => {
  const texts = findPolicyTexts(join(repositoryRoot, 'policies'))
  const policies = readPolicies([...texts, ...printed('authorities'), ...printed('schools')])
  assert.ok(policies.ok, policies.ok ? '' : policies.refusal.map(faultInWords).join('\n'))
  const profile = policies.value.profile('larkhill', '2026-11-20' as PlainDate)
  assert.deepEqual(
    profile.routes.welfare.steps.map(step => step.roles),
    [['dsl', 'deputy-dsl'], ['headteacher']],
  )
  assert.equal(profile.contacts['fenshire.lado']?.phone, '01632 960103')

  const [, rehearsal = ''] = /```yaml\n# rehearsals\/\S+\n([\s\S]*?)```/.exec(page) ?? []
  const read = readRehearsal('guide', rehearsal, contextOf(eventKinds, policies.value))
  assert.ok(read.ok, read.ok ? '' : read.refusal.map(faultInWords).join('\n'))
  const server = await startThrowAwayServer()
  try {
    const database = await server.newDatabase()
    const { steps } = await play(read.value, { policies: policies.value, kinds: eventKinds, database })
    assert.deepEqual(
      steps[0]?.tells.map(tell => tell.person),
      ['deputy'],
      'the DSL is out',
    )
    assert.equal(steps[0]?.starts.find(({ clock }) => clock === 'record-written')?.due, '2026-11-20T15:15:00Z')
  } finally {
    await server.stop()
  }
})

test('every file to which the guide sends a writer is there', () => {
  const named = [...page.matchAll(/`((?:schools|trusts|authorities)\/[a-z-]+\.yaml)`/g)].flatMap(([, file]) => file ?? [])
  assert.ok(named.length > 5)
  const missing = named.filter(file => !findPolicyTexts(join(repositoryRoot, 'policies')).some(text => text.file.endsWith(file)))
  assert.deepEqual(missing, [])
})
