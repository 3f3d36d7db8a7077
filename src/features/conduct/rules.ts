import type { AdultId, AlertId, CaseId } from '../../kernel/ids.ts'
import { startOfDay, toInstant } from '../../kernel/london-time.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { referenceOf } from '../../kernel/reference.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { dueAt } from '../../policy/clock-time.ts'
import { startedUnder } from '../../policy/clocks.ts'
import {
  type Belief,
  type ConductChain,
  type ConductFacts,
  type ConductKind,
  chainFor,
  practiceAcknowledged,
} from '../../policy/conduct.ts'
import type { ClockName, Contact, Profile, Source } from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'
import { type Routing, stepRule, whoIsTold } from '../../policy/routing.ts'
import { clockStarting } from '../clocks/rules.ts'
import type { ClockToStart } from '../concerns/model.ts'
import { clockToStart, type NewId, sourceText } from '../concerns/rules.ts'
import type {
  CaseFacts,
  CaseState,
  ConductAlertKind,
  ConductAlertToSend,
  ConductRefusal,
  ConductSchoolFacts,
  ConductWords,
  HireReview,
  LimbAnswers,
  NewAssessment,
  NewConclusion,
  NewConduct,
  ReaderToAdd,
} from './model.ts'
import { limbs } from './model.ts'

/** A short name for a case, as a concern has one. */
export function caseReference(id: CaseId): string {
  return referenceOf(id)
}

/** Document and section in one line, as the product stores where something stands. */
export function sourceLine(profile: Profile, source: Source): string {
  return sourceText(profile, source)
}

/** Every role that a chain of the profile can lead to, or that hears where nobody answers. */
export function rolesOnConduct({ conduct }: Profile): RoleId[] {
  return [
    ...new Set([
      ...conduct.chains.flatMap(({ steps, shared }) => [...steps, ...shared].flatMap(({ roles }) => roles)),
      ...conduct.unanswered.flatMap(({ tell }) => tell),
      ...(conduct.notHandledWell?.tell ?? []),
    ]),
  ]
}

const rolesOfKind: Readonly<Record<string, RoleId>> = {
  supply: 'supply',
  contractor: 'contractor',
  volunteer: 'volunteer',
  trainee: 'trainee',
  governor: 'governor',
  trust: 'central-staff',
}

/** What somebody is here: by appointment, and by what kind of adult they are. */
export function rolesOfSubject({ kind, roles }: { readonly kind: string; readonly roles: readonly RoleId[] }): RoleId[] {
  const ofKind = rolesOfKind[kind]
  return [...new Set([...roles, ...(ofKind ? [ofKind] : [])])]
}

/** The subjects, their relatives and everybody with a tie to them, and whoever is outside the concern beside which it stands. */
export function outsideOf(
  facts: Pick<ConductSchoolFacts, 'subjects' | 'relatives'>,
  besides: readonly AdultId[] = [],
): AdultId[] {
  return [
    ...new Set([...facts.subjects.map(({ adultId }) => adultId), ...facts.relatives.map(({ adultId }) => adultId), ...besides]),
  ]
}

interface Choosing {
  readonly kind: ConductKind
  readonly believed: Belief
  readonly conflict: boolean
}

/** What choosing a chain is told of those whom it is about. */
export function choosingFacts(facts: Pick<ConductSchoolFacts, 'subjects' | 'relatives'>, of: Choosing): ConductFacts {
  return {
    kind: of.kind,
    believed: of.believed,
    conflictOfInterest: of.conflict,
    subjects: facts.subjects.map(subject => ({
      roles: rolesOfSubject(subject),
      relativesHold: facts.relatives
        .filter(relative => relative.of === subject.adultId && relative.kind !== 'declared')
        .flatMap(({ roles }) => roles),
    })),
  }
}

export function routeConduct(
  chain: ConductChain,
  facts: Pick<ConductSchoolFacts, 'holders'>,
  excluded: readonly AdultId[],
): Routing {
  return whoIsTold(chain, {
    holders: facts.holders.map(({ adultId, role, absent }) => ({
      personId: adultId,
      role,
      absent,
      excluded: excluded.includes(adultId),
    })),
  })
}

function alert(
  profile: Profile,
  newId: NewId,
  kind: ConductAlertKind,
  to: { readonly adultId: AdultId; readonly role: RoleId; readonly rule: string; readonly says: string },
  source: Parameters<typeof sourceText>[1],
): ConductAlertToSend {
  return { id: newId<AlertId>(), kind, ...to, source: sourceText(profile, source) }
}

/** Who is given a case by its chain, who finds it when they are back, with whom it is shared, and who is told. */
export interface Given {
  readonly chain: ConductChain
  readonly step: number | null
  readonly state: Extract<CaseState, 'unreached' | 'new'>
  readonly managerId: AdultId | null
  readonly readers: readonly ReaderToAdd[]
  readonly alerts: readonly ConductAlertToSend[]
  /** Somebody with whom the text has it shared is to hear, and whether they have by this. */
  readonly sharing: 'none' | 'done' | 'owed'
}

export function giveBy(
  profile: Profile,
  chain: ConductChain,
  facts: Pick<ConductSchoolFacts, 'holders'>,
  excluded: readonly AdultId[],
  kind: Extract<ConductAlertKind, 'told' | 'handed-over'>,
  newId: NewId,
  writtenBy: AdultId | null = null,
): Given {
  const routing = routeConduct(chain, facts, excluded)
  const told = routing.tells.map(tell => ({ ...tell, adultId: tell.personId as AdultId }))
  const first = told[0] ?? null
  const forReturn = routing.passedOver.filter(
    ({ personId, because }, index) =>
      because === 'absent' && routing.passedOver.findIndex(other => other.personId === personId) === index,
  )
  const has = told.map(({ adultId }) => adultId)
  const sharing = sharedWith(profile, chain, facts, excluded, has, newId)
  // Whoever receives it passes it on when they put it on record: at once where they write it themselves.
  const isOnRecord = writtenBy !== null && has.includes(writtenBy)
  const shared = isOnRecord || sharing.sharing === 'none' ? sharing : ({ alerts: [], sharing: 'owed' } as const)
  return {
    chain,
    step: routing.stepIndex,
    state: routing.unreached ? 'unreached' : 'new',
    managerId: first?.adultId ?? null,
    readers: [
      ...told.map(({ adultId, role, rule }): ReaderToAdd => ({ adultId, role, because: 'chain', rule })),
      ...forReturn.map(
        ({ personId, role }): ReaderToAdd => ({
          adultId: personId as AdultId,
          role,
          because: 'for-return',
          rule: stepRule(chain, 0),
        }),
      ),
      ...shared.alerts.map(({ adultId, role, rule }): ReaderToAdd => ({ adultId, role, because: 'shared', rule })),
    ],
    alerts: [
      ...told.map(({ adultId, role, rule, says, source }) => alert(profile, newId, kind, { adultId, role, rule, says }, source)),
      ...shared.alerts,
    ],
    sharing: shared.sharing,
  }
}

/** Those to whom whoever is told passes every such concern on; nobody is told twice. */
export function sharedWith(
  profile: Profile,
  chain: ConductChain,
  { holders }: Pick<ConductSchoolFacts, 'holders'>,
  excluded: readonly AdultId[],
  told: readonly AdultId[],
  newId: NewId,
): { readonly alerts: readonly ConductAlertToSend[]; readonly sharing: Given['sharing'] } {
  const owed = chain.shared.filter(({ roles }) => {
    const theirs = holders.filter(({ role }) => roles.includes(role)).map(({ adultId }) => adultId)
    // Where everybody who would have it is outside the case, nothing is owed to them: a time for it could never be met.
    const mayBeMet = theirs.length === 0 || theirs.some(adultId => !excluded.includes(adultId))
    return mayBeMet && !theirs.some(adultId => told.includes(adultId))
  })
  const rows = owed.flatMap(({ roles, says, source }) =>
    holders
      .filter(
        (holder, index) =>
          roles.includes(holder.role) &&
          !excluded.includes(holder.adultId) &&
          holders.findIndex(other => other.adultId === holder.adultId && roles.includes(other.role)) === index,
      )
      .map(holder => ({
        absent: holder.absent,
        alert: alert(
          profile,
          newId,
          'shared',
          { adultId: holder.adultId, role: holder.role, rule: `routing.${chain.id}-shared`, says },
          source,
        ),
      })),
  )
  const sharing = owed.length === 0 || told.length === 0 ? 'none' : rows.some(({ absent }) => !absent) ? 'done' : 'owed'
  return { alerts: rows.map(row => row.alert), sharing }
}

export interface ConductDecision extends Given {
  readonly excluded: readonly AdultId[]
  readonly selfReport: boolean
  readonly clocks: readonly ClockToStart[]
}

function ladoIsOwed(kind: ConductKind, believed: Belief): boolean {
  return kind === 'conduct' && believed !== 'low-level'
}

/** The clocks of a case: whose they are, by which facts, and whether one is met as it starts. */
export function clocksOfCase(
  profile: Profile,
  of: {
    readonly names: readonly ClockName[]
    readonly ownerId: AdultId | null
    readonly believed: Belief | 'neither'
    readonly roles: readonly RoleId[]
    readonly sharing: Given['sharing']
  },
  now: Instant,
  newId: NewId,
): readonly ClockToStart[] {
  const facts = { roles: of.roles, ...(of.believed === 'neither' ? {} : { believed: of.believed }) }
  return of.names.flatMap(name =>
    clockStarting(profile, name, { at: now, ownerId: of.ownerId, facts }, newId).map(clock => ({
      ...clock,
      metAt: name === 'conduct-shared-upward' && of.sharing === 'done' ? now : null,
    })),
  )
}

/** By when whoever is given a worry about how the school works has looked at it, where the policy gives a time. */
function acknowledgementOf(profile: Profile, ownerId: AdultId | null, now: Instant, newId: NewId): readonly ClockToStart[] {
  const { practiceAcknowledged: duration } = profile.conduct
  const started = duration && startedUnder(profile, [{ clock: 'acknowledge', ...practiceAcknowledged, duration }], now)
  return started ? [clockToStart(profile, started, ownerId, null, newId)] : []
}

const isEmployedElsewhere = (roles: readonly RoleId[]) => roles.includes('supply') || roles.includes('contractor')

/** Fields that the policy asks of such a record and that are empty. */
function missingWords({ conduct }: Profile, words: ConductWords): (keyof ConductWords)[] {
  return conduct.required.map(({ value }) => value).filter(field => words[field].trim() === '')
}

/** What recording brings about. It is refused only for what cannot be true and for what the policy asks a record to hold. */
export function decideConduct(
  profile: Profile,
  facts: ConductSchoolFacts,
  conduct: Pick<NewConduct, 'kind' | 'about' | 'believed' | 'conflictOfInterest' | 'category'> & {
    readonly words?: ConductWords
  },
  by: { readonly writtenBy: AdultId | null; readonly reporterId: AdultId | null; readonly besides?: readonly AdultId[] },
  now: Instant,
  newId: NewId,
): Result<ConductDecision, ConductRefusal> {
  if (facts.idStanding !== 'free') return refused({ code: 'already-recorded' })
  const unknown = conduct.about.flatMap(({ adultId }) =>
    adultId && !facts.subjects.some(subject => subject.adultId === adultId) ? [adultId] : [],
  )
  if (unknown.length > 0) return refused({ code: 'adult-not-known', adultIds: unknown })
  if (conduct.category === 'sexual-relationship' && conduct.believed === 'low-level') return refused({ code: 'never-low-level' })
  const missing = conduct.words && conduct.kind === 'conduct' ? missingWords(profile, conduct.words) : []
  if (missing.length > 0) return refused({ code: 'words-missing', fields: missing })

  const { kind, believed, conflictOfInterest: conflict = false } = conduct
  const excluded = outsideOf(facts, by.besides)
  const chain = chainFor(profile.conduct, choosingFacts(facts, { kind, believed, conflict }))
  const given = giveBy(profile, chain, facts, excluded, 'told', newId, by.writtenBy)
  const author = by.reporterId ?? by.writtenBy
  const roles = facts.subjects.flatMap(rolesOfSubject)
  const names: ClockName[] = [
    ...(ladoIsOwed(kind, believed) ? (['lado-contact'] as const) : []),
    ...(kind === 'conduct' && isEmployedElsewhere(roles) ? (['conduct-employer-told'] as const) : []),
    ...(given.sharing === 'none' ? [] : (['conduct-shared-upward'] as const)),
  ]
  // Where the chain leads to nobody, whoever reports it is shown the LADO and is the one who can ring.
  const ownerId = given.managerId ?? (author && !excluded.includes(author) ? author : null)
  return ok({
    ...given,
    excluded,
    selfReport: author !== null && facts.subjects.some(({ adultId }) => adultId === author),
    clocks: [
      ...clocksOfCase(profile, { names, ownerId, believed, roles, sharing: given.sharing }, now, newId),
      ...(kind === 'practice' ? acknowledgementOf(profile, given.managerId, now, newId) : []),
    ],
  })
}

/** Why an assessment may not stand: a limb that is met is never below the threshold, and doubt asks the LADO first. */
export function assessmentRefusal(found: CaseFacts, assessment: NewAssessment): ConductRefusal | undefined {
  if (found.state === 'concluded') return { code: 'concluded' }
  if (found.category === 'sexual-relationship' && assessment.outcome !== 'harm-threshold') return { code: 'never-low-level' }
  // What was judged to may meet the threshold comes down from there only with a reason; the earlier judgement stands beside it.
  const isLowered = found.level === 'harm-threshold' && assessment.outcome !== 'harm-threshold'
  if (isLowered && assessment.rationale.trim() === '') return { code: 'reason-first' }
  const answers = assessment.limbs
  if (!answers || assessment.outcome === 'harm-threshold') return undefined
  const met = limbs.filter(limb => answers[limb] === 'yes')
  if (met.length > 0) return { code: 'limb-met', limbs: met }
  const isAsked = found.contacts['lado'] !== undefined || found.contacts['advice'] !== undefined
  return limbs.some(limb => answers[limb] === 'unsure') && !isAsked ? { code: 'lado-first' } : undefined
}

/** Why a contact may not be made yet: nobody asks the adult before the LADO has advised. */
export function contactRefusal(found: CaseFacts, kind: string): ConductRefusal | undefined {
  if (found.state === 'concluded') return { code: 'concluded' }
  return kind === 'interview' && found.runningClocks.includes('lado-contact') && found.contacts['lado'] === undefined
    ? { code: 'lado-first' }
    : undefined
}

/** Why a case may not be concluded yet. */
export function conclusionRefusal(
  profile: Profile,
  found: CaseFacts,
  conclusion: NewConclusion,
  review: Pick<HireReview, 'decision'> | undefined,
): ConductRefusal | undefined {
  if (found.state === 'concluded') return { code: 'concluded' }
  if (found.runningClocks.includes('lado-contact')) return { code: 'lado-first' }
  if (found.runningClocks.includes('conduct-employer-told') && !conclusion.employerNotTold?.trim())
    return { code: 'employer-first' }
  if (isHireOpen(found, conclusion, review)) return { code: 'hire-first' }
  const demands = profile.conduct.beforeConcluding.map(({ value }) => value)
  if (demands.includes('human-resources') && found.kind === 'conduct' && found.contacts['human-resources'] === undefined)
    return { code: 'human-resources-first' }
  const fields = (['context', 'action', 'rationale', 'lessons'] as const).filter(
    field => demands.includes(field) && conclusion[field].trim() === '',
  )
  return fields.length > 0 ? { code: 'not-written', fields } : undefined
}

/** A body that has the premises goes on having them, or not, by a decision: the case does not end before it. */
function isHireOpen(
  found: Pick<CaseFacts, 'premises'>,
  { hire = '' }: Pick<NewConclusion, 'hire'>,
  review: Pick<HireReview, 'decision'> | undefined,
): boolean {
  return review ? review.decision === null : found.premises && hire.trim() === ''
}

/** What the clocks do once it was judged: what is owed now, and what is owed no longer. */
export function clocksOfAssessment(
  found: CaseFacts,
  outcome: NewAssessment['outcome'],
  roles: readonly RoleId[],
): { readonly starts: readonly ClockName[]; readonly ends: readonly ClockName[] } {
  const running = (name: ClockName) => found.runningClocks.includes(name)
  const lado = found.contacts['lado'] !== undefined
  return {
    starts: [
      ...(outcome === 'harm-threshold' && !running('lado-contact') && !lado ? (['lado-contact'] as const) : []),
      ...(outcome !== 'neither' &&
      isEmployedElsewhere(roles) &&
      !running('conduct-employer-told') &&
      found.contacts['employer'] === undefined
        ? (['conduct-employer-told'] as const)
        : []),
    ],
    // Somebody outside who used the premises is the LADO's to know of whatever the school thinks of it.
    ends: outcome !== 'harm-threshold' && running('lado-contact') && !found.premises ? ['lado-contact'] : [],
  }
}

/** The designated officer (LADO) of the authority where the school is. */
export function ladoOf({ directory = [], school, contacts }: Profile): Contact | undefined {
  const entry = directory.find(({ purpose, authority }) => purpose === 'lado' && authority === school.authority)
  return entry && contacts[entry.contact]
}

/** When it would have had to be told, where it was told later than the policy allows. */
export function lateSince(
  profile: Profile,
  found: Pick<CaseFacts, 'happenedOn' | 'happenedAtTime' | 'recordedAt'>,
): Instant | null {
  const { toldWithin } = profile.conduct
  if (!toldWithin || !found.happenedOn) return null
  const seen = found.happenedAtTime ? toInstant(found.happenedOn, found.happenedAtTime) : startOfDay(found.happenedOn)
  const due = dueAt(toldWithin.value, seen, profile.calendar)
  return due !== null && found.recordedAt > due ? due : null
}

/** Who is given a case that whoever reported it feels was not handled well. */
export function notHandledWell(
  profile: Profile,
  { holders }: Pick<ConductSchoolFacts, 'holders'>,
  newId: NewId,
): { readonly readers: readonly ReaderToAdd[]; readonly alerts: readonly ConductAlertToSend[] } | undefined {
  const { notHandledWell: named } = profile.conduct
  if (!named) return undefined
  const rule = 'conduct.not-handled-well'
  const to = holders.filter(({ role }) => named.tell.includes(role))
  return {
    readers: to.map(({ adultId, role }) => ({ adultId, role, because: 'challenged', rule })),
    alerts: to.map(({ adultId, role }) =>
      alert(profile, newId, 'challenged', { adultId, role, rule, says: named.says }, named.source),
    ),
  }
}

/** The answers to the limbs that what was reported suggests, for whoever judges it to confirm. */
export function suggestedLimbs({ category }: Pick<CaseFacts, 'category'>): Partial<LimbAnswers> {
  if (category === 'sexual-relationship') return { offence: 'yes' }
  // What somebody does outside work may make them unsuitable inside it: a transferable risk.
  return category === 'outside-work' ? { unsuitable: 'yes' } : {}
}
