import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { AdultId, ChildId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import type { RoleHolder } from './model.ts'
import { actionsOfAnswers } from './rules-answers.ts'

const now = '2026-11-18T10:00:00.000Z' as Instant
const profile = testPolicies().profile('westley', '2026-11-18' as PlainDate)
const holder = (role: string): RoleHolder => ({ adultId: newId<AdultId>(), name: role, role, absent: false }) as RoleHolder

test('what an answer starts is given to nobody who is outside the concern: with nobody else there it is not set', () => {
  const [dsl, deputy] = [holder('dsl'), holder('deputy-dsl')]
  const childId = newId<ChildId>()
  const concern = {
    answers: [{ question: 'told-what-next', option: 'not-told', says: '', on: null }],
    children: [{ childId, involvement: 'subject' as const, words: '' }],
  }
  const facts = { holders: [dsl, deputy], children: [] }
  const givenTo = (excluded: readonly AdultId[]) =>
    actionsOfAnswers(profile, concern, facts, { ownerId: null, excluded }, now, newId).map(({ ownerId }) => ownerId)
  assert.deepEqual(givenTo([dsl.adultId]), [deputy.adultId])
  assert.deepEqual(givenTo([dsl.adultId, deputy.adultId]), [])
})
