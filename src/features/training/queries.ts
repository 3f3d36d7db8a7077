import { type Actor, authorise } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import { localDate } from '../../kernel/london-time.ts'
import { daysBetween, type Instant, type PlainDate } from '../../kernel/plain-date.ts'
import type { CourseId, SignaturePart } from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'
import { findRoleHolders } from '../role-holders/index.ts'
import type { Issue } from './model.ts'
import { documentOf, readingOwed, trainingOwed } from './rules.ts'
import { findAdultFacts, findNames } from './store.ts'

export interface OwedDocument {
  readonly document: string
  readonly title: string
  readonly edition: string
  readonly editionOn: PlainDate
  readonly issuedAt: Instant
  readonly state: 'signed' | 'partly signed' | 'outstanding'
  /** When every part was signed. */
  readonly signedAt: Instant | null
  readonly signed: readonly SignaturePart[]
  readonly missing: readonly SignaturePart[]
  readonly induction: boolean
  /** Where it is no document but a name: whoever holds that role now. */
  readonly names?: readonly string[]
}

export interface OwedCourse {
  readonly course: CourseId
  readonly says: string
  readonly lastOn: PlainDate | undefined
  readonly dueAt: Instant | null
  readonly state: 'done' | 'outstanding' | 'expired'
  readonly induction: boolean
}

export interface AdultDuties {
  readonly adultId: AdultId
  readonly roles: readonly RoleId[]
  readonly documents: readonly OwedDocument[]
  readonly courses: readonly OwedCourse[]
  readonly inductionComplete: boolean
}

function stateOf(issue: Issue): OwedDocument['state'] {
  if (issue.completedAt) return 'signed'
  return issue.signed.length > 0 ? 'partly signed' : 'outstanding'
}

/** What one adult owes of training and reading, item by item, with what is signed and done. */
export async function findDuties(work: Work<Actor>, adultId: AdultId): Promise<AdultDuties | undefined> {
  const permit = authorise(work.someone, 'duties.read', { schoolId: work.school.id, ownerId: adultId })
  const { duties } = work.profile
  const [adult] = await findAdultFacts(work, permit, [adultId])
  if (!adult) return undefined
  const named = [...new Set(duties.readingDocuments.flatMap(document => document.names ?? []))]
  const holders = named.length > 0 ? await findRoleHolders(work, named) : []
  const owed = new Set(readingOwed(duties, adult).map(duty => duty.document))
  const latest = new Map(
    adult.issues.filter(issue => !issue.withdrawnAt && owed.has(issue.document)).map(one => [one.document, one]),
  )
  const documents = [...latest.values()].map((issue): OwedDocument => {
    const document = documentOf(duties, issue.document)
    return {
      document: issue.document,
      title: document?.title ?? issue.document,
      edition: issue.edition,
      editionOn: issue.editionOn,
      issuedAt: issue.issuedAt,
      state: stateOf(issue),
      signedAt: issue.completedAt,
      signed: issue.signed,
      missing: issue.parts.filter(part => !issue.signed.includes(part)),
      induction: issue.induction,
      ...(document?.names ? { names: holders.filter(holder => holder.role === document.names).map(holder => holder.name) } : {}),
    }
  })
  const courses = [...Map.groupBy(trainingOwed(duties, adult), duty => duty.course)].map(([course, rules]): OwedCourse => {
    const lastOn = adult.trained
      .filter(record => record.course === course)
      .map(record => record.completedOn)
      .toSorted()
      .at(-1)
    const running = adult.running.find(clock => rules.some(({ rule }) => rule === clock.rule))
    const late = running?.dueAt !== undefined && running.dueAt !== null && running.dueAt < work.now
    return {
      course,
      says: rules[0]?.says ?? '',
      lastOn,
      dueAt: running?.dueAt ?? null,
      state: lastOn === undefined ? 'outstanding' : late ? 'expired' : 'done',
      induction: rules.some(({ induction }) => induction),
    }
  })
  work.note({ event: 'duties.opened', subjectKind: 'adult', subject: adultId })
  return {
    adultId,
    roles: adult.roles,
    documents,
    courses,
    inductionComplete:
      documents.filter(({ induction }) => induction).every(({ state }) => state === 'signed') &&
      courses.filter(({ induction }) => induction).every(({ state }) => state !== 'outstanding'),
  }
}

export interface ReadingStanding {
  readonly adultId: AdultId
  readonly name: string
  readonly roles: readonly RoleId[]
  readonly state: 'complete' | 'partial' | 'not started'
  readonly edition: string
  /** Whole days since it was given to them; none where it is complete. */
  readonly daysOutstanding: number
  readonly chasedAt: readonly Instant[]
}

/** Of one document in its present edition: who has signed it whole, who in part and who not at all. */
export async function findReadingReport(work: Work<Actor>, document: string): Promise<readonly ReadingStanding[]> {
  const permit = authorise(work.someone, 'duties.keep', { schoolId: work.school.id })
  const adults = await findAdultFacts(work, permit, undefined)
  const names = await findNames(work, permit, adults)
  work.note({ event: 'duties.opened', subjectKind: 'school', subject: work.school.id, facts: { document } })
  return adults.flatMap(({ adultId, roles, issues }) => {
    const issue = issues.findLast(one => one.document === document && !one.withdrawnAt)
    if (!issue) return []
    const state = issue.completedAt ? 'complete' : issue.signed.length > 0 ? 'partial' : 'not started'
    const daysOutstanding = issue.completedAt ? 0 : daysBetween(localDate(issue.issuedAt), localDate(work.now))
    const { edition, chasedAt } = issue
    return [{ adultId, name: names.get(adultId) ?? '', roles, state, edition, daysOutstanding, chasedAt }]
  })
}
