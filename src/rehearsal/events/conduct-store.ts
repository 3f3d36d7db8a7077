import type pg from 'pg'
import type { AdultId, CaseId, SchoolId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { Work } from '../../work/work.ts'

/** The case that a concern about a child opened beside it. */
export async function findCaseBeside(client: pg.Client, school: SchoolId, concern: string): Promise<CaseId | undefined> {
  const { rows } = await client.query<{ id: CaseId }>(
    'select id from conduct_case where school_id = $1 and beside_concern = $2',
    [school, concern],
  )
  return rows[0]?.id
}

const words = { name: 'rehearsal_case_words', text: 'select part from conduct_words where school_id = $1 and case_id = $2' }

/** Whether the scope of this person lets any words of a case through. */
export async function reachesCaseWords(work: Work, caseId: CaseId): Promise<boolean> {
  return (await work.tx.run(words, [work.school.id, caseId])).length > 0
}

export interface CaseAlertSeen {
  readonly id: string
  readonly caseId: CaseId
  readonly adultId: AdultId
  readonly role: string
  readonly kind: string
  readonly rule: string
  readonly says: string
  readonly source: string
}

/** Everybody who was told of a case, oldest first. */
export async function listCaseAlerts(client: pg.Client, school: SchoolId): Promise<readonly CaseAlertSeen[]> {
  const { rows } = await client.query<CaseAlertSeen>(
    `select id, case_id as "caseId", adult_id as "adultId", role, kind, rule, says, source from conduct_alert
      where school_id = $1 order by told_at, kind desc, id`,
    [school],
  )
  return rows
}

export interface CaseStanding {
  readonly id: CaseId
  readonly chain: string
  readonly state: string
  readonly recordedAt: Instant
  readonly openedAt: Instant | null
  /** When the contact with the LADO that is still owed began to be. */
  readonly ladoSince: Instant | null
}

/** Every case that is not concluded. */
export async function listCases(client: pg.Client, school: SchoolId): Promise<readonly CaseStanding[]> {
  const { rows } = await client.query<CaseStanding>(
    `select c.id, c.chain, c.state, c.recorded_at as "recordedAt", c.opened_at as "openedAt",
      (select min(k.basis_at) from clock k where k.school_id = $1 and k.subject_id = c.id and k.name = 'lado-contact' and k.met_at is null and k.ended_at is null) as "ladoSince"
      from conduct_case c where c.school_id = $1 and c.state <> 'concluded' order by c.recorded_at, c.id`,
    [school],
  )
  return rows
}
