import assert from 'node:assert/strict'
import type { AdultId } from '../../src/kernel/ids.ts'
import type { Answer, TestApp } from './app.ts'

/** The newest change that is proposed of somebody's roles, or was made at once, and waits for a second person. */
export async function waitingChangeOf(app: TestApp, of: { readonly adultId: AdultId }): Promise<string> {
  const [row] = await app.people.query<{ id: string }>(
    `select id from team_change where adult_id = $1 and state in ('open', 'to-review') order by proposed_at desc, id limit 1`,
    [of.adultId],
  )
  return row?.id ?? assert.fail('nothing waits for a second person')
}

/** A second person agrees to what was proposed of somebody. */
export async function agreeTo(
  app: TestApp,
  of: { readonly adultId: AdultId },
  second: { readonly adultId: AdultId },
): Promise<Answer> {
  const id = await waitingChangeOf(app, of)
  const answer = await (await app.agentFor(second.adultId)).post(`/team-changes/${id}/agree`)
  assert.equal(answer.status, 303, answer.html)
  return answer
}
