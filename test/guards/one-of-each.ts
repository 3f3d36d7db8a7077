import { randomBytes } from 'node:crypto'
import { newId } from '../../src/platform/identifiers.ts'
import type { TestDatabase } from '../support/database.ts'
import { type TestAdult, TestPeople, type TestSchool } from '../support/people.ts'
import { type MonitoringIds, monitoringIds, monitoringRows } from './one-of-each-monitoring.ts'

export type Row = Readonly<Record<string, unknown>>

/** A row of a table, and what a second one of it must have otherwise. */
export interface Kept {
  readonly row: Row
  readonly another: Row
}

export const moment = '2026-11-18T10:00:00.000Z'

/** Two schools; at the first, people who differ in what they are to one concern and one child, and one row of each table. */
export class OneOfEach {
  readonly people: TestPeople
  readonly school: TestSchool
  readonly otherSchool: TestSchool
  readonly adults: Readonly<Record<string, TestAdult>>
  readonly kept: Readonly<Record<string, Kept>>

  constructor(parts: Pick<OneOfEach, 'people' | 'school' | 'otherSchool' | 'adults' | 'kept'>) {
    this.people = parts.people
    this.school = parts.school
    this.otherSchool = parts.otherSchool
    this.adults = parts.adults
    this.kept = parts.kept
  }
}

async function addPeople(people: TestPeople, school: TestSchool, otherSchool: TestSchool) {
  const former = await people.addAdult(school, { roles: [] })
  await people.appoint(school.id, former.id, 'dsl', '2021-01-01T00:00:00.000Z' as never, '2026-07-31T00:00:00.000Z' as never)
  return {
    dsl: await people.addAdult(school, { roles: ['dsl'] }),
    /** A deputy DSL whom the concern names. */
    named: await people.addAdult(school, { roles: ['deputy-dsl'] }),
    /** A deputy DSL who is related to the child. */
    tied: await people.addAdult(school, { roles: ['deputy-dsl'] }),
    reporter: await people.addAdult(school),
    /** A teacher with whom it was shared. */
    reader: await people.addAdult(school),
    /** A teacher who was given something to do. */
    owner: await people.addAdult(school),
    teacher: await people.addAdult(school),
    former,
    /** A headteacher who was told of it in the safeguarding team's place. */
    standin: await people.addAdult(school, { roles: ['headteacher'] }),
    administrator: await people.addAdult(school, { roles: ['system-administrator'] }),
    elsewhere: await people.addAdult(otherSchool, { roles: ['dsl'] }),
  }
}

interface Children {
  readonly child: string
  readonly sibling: string
  readonly secondConcern: string
}

type Cast = Awaited<ReturnType<typeof addPeople>>

/** Rows of what belongs to an account or to the whole installation; all but the first two are the reporter's own. */
function sharedRows({ reporter }: Cast, school: TestSchool): Record<string, Kept> {
  const key = randomBytes(8)
  const session = { account_id: reporter.account, started_at: moment, last_seen_at: moment, expires_at: moment, form_secret: key }
  const masterKey = { id: 'a'.repeat(32), since: moment }
  const owner = `school:${school.id}`
  const keptForm = { account_id: reporter.account, path: '/x', sealed: key, kept_at: moment }
  return {
    trust: { row: { id: newId(), key: 'a-trust', name: 'A trust' }, another: { id: newId(), key: 'another-trust' } },
    sign_in_try: { row: { key, failures: 1, failed_at: moment }, another: { key: randomBytes(8) } },
    session: {
      row: { id: newId(), token_digest: key, ...session, school_id: school.id },
      another: { id: newId(), token_digest: randomBytes(8) },
    },
    kept_form: { row: { id: newId(), ...keptForm }, another: { id: newId() } },
    recovery_code: {
      row: { account_id: reporter.account, selector: 'ABCD', hash: 'x', made_at: moment },
      another: { selector: 'EFGH' },
    },
    passkey: {
      row: {
        ...{ account_id: reporter.account, id: newId(), credential_id: key, public_key: key, sign_count: 0, name: 'x' },
        ...{ synced: false, made_at: moment },
      },
      another: { id: newId(), credential_id: randomBytes(8) },
    },
    outside_identity: {
      row: {
        school_id: school.id,
        issuer: 'https://a.example',
        subject: 'a',
        account_id: reporter.account,
        shown: '',
        bound_at: moment,
      },
      another: { subject: 'b' },
    },
    sign_in_provider: {
      row: {
        ...{ school_id: school.id, name: 'x', issuer: 'https://a.example', client_id: 'x', sealed: key },
        ...{ changed_at: moment, changed_by: reporter.id },
      },
      another: { name: 'y' },
    },
    passkey_challenge: { row: { digest: key, forget_at: moment }, another: { digest: randomBytes(8) } },
    master_key: { row: masterKey, another: { id: 'b'.repeat(32), retired_at: moment } },
    data_key: {
      row: { id: newId(), owner, kind: 'random', master_id: masterKey.id, wrapped: key, made_at: moment },
      another: { id: newId() },
    },
    resealing: { row: { owner, asked_at: moment }, another: { owner: `school:${newId()}` } },
  }
}

/** Rows about people, by the tables of which they are. */
function peopleRows(cast: Cast, school: TestSchool, { child, sibling }: Children): Record<string, Kept> {
  const { dsl, reporter, teacher, tied } = cast
  const at = { school_id: school.id }
  const [proposal, caseId, request] = [newId<string>(), newId<string>(), newId<string>()]
  const part = { ...at, child_id: child }
  const aChild = {
    ...at,
    given_name: 'Robin',
    family_name: 'Example',
    standing: 'on-roll',
    search_name: 'robin example',
    created_at: moment,
  }
  return {
    child: { row: { ...aChild, id: child, tied: [tied.id] }, another: { id: newId() } },
    sibling: { row: { ...part, sibling_id: sibling }, another: { child_id: sibling, sibling_id: child } },
    child_contact: { row: { ...part, id: newId(), name: 'X', relation: 'Mother', priority: 1 }, another: { id: newId() } },
    child_address: { row: { ...part, id: newId(), address: 'X', starts_on: '2026-01-01' }, another: { id: newId() } },
    transfer: {
      row: {
        ...{ ...part, id: newId(), direction: 'out', destination: 'school', other_school: 'x', moves_on: '2026-12-01' },
        ...{ opened_at: moment, opened_by: dsl.id },
      },
      another: { id: newId() },
    },
    record_request: {
      row: { ...part, id: request, asked_by: 'x', asked_on: '2026-11-18', recorded_at: moment, by_id: dsl.id },
      another: { id: newId() },
    },
    record_review: {
      row: {
        ...{ ...part, id: newId(), request_id: request, item_kind: 'intelligence', item_id: newId() },
        ...{ verdict: 'withhold', because: 'x', at: moment, by_id: dsl.id },
      },
      another: { id: newId(), item_id: newId() },
    },
    pupil_reminder: {
      row: {
        ...{
          ...part,
          id: newId(),
          subject_kind: 'transfer',
          subject_id: newId(),
          rule: 'x',
          says: 'x',
          source: 'x',
          tell: 'all',
        },
        ...{ roles: ['dsl'], set_at: moment, tells_at: moment },
      },
      another: { id: newId() },
    },
    pupil_absence: {
      row: {
        ...{ ...part, id: newId(), told_on: '2026-11-18', school_days: 1, authorised: false },
        ...{ recorded_at: moment, recorded_by: reporter.id },
      },
      another: { id: newId() },
    },
    private_fostering: {
      row: { ...part, id: newId(), since: '2026-11-01', known_at: moment, recorded_by: reporter.id },
      another: { id: newId() },
    },
    encompass_notice: {
      row: { ...part, id: newId(), received_at: moment, recorded_by: dsl.id, arrives_at: moment },
      another: { id: newId() },
    },
    pupil_case: {
      row: { ...part, id: caseId, kind: 'missing', opened_at: moment, opened_by: reporter.id, since: moment },
      another: { id: newId() },
    },
    pupil_case_step: {
      row: { ...part, id: newId(), case_id: caseId, step: 'x', does: 'x', source: 'x', opened_at: moment },
      another: { id: newId(), step: 'y' },
    },
    pupil_case_event: {
      row: {
        ...{ ...part, id: newId(), case_id: caseId, kind: 'attempt', at: moment, recorded_at: moment },
        ...{ by_id: reporter.id, result: 'answered' },
      },
      another: { id: newId() },
    },
    child_status: { row: { ...part, id: newId(), status: 'young-carer', starts_on: '2026-01-01' }, another: { id: newId() } },
    absence: {
      row: { ...at, id: newId(), adult_id: teacher.id, starts_at: moment, reason: 'out', said_by: teacher.id },
      another: { id: newId() },
    },
    cover: {
      row: { ...at, id: newId(), adult_id: dsl.id, starts_at: moment, ends_at: '2026-11-19T10:00:00Z', kind: 'trip' },
      another: { id: newId() },
    },
    activity: {
      row: {
        ...{ ...at, id: newId(), kind: 'trip', title: 'x', starts_at: moment, ends_at: '2026-11-18T12:00:00Z' },
        ...{ leader_id: teacher.id, planned_by: dsl.id, planned_at: moment },
      },
      another: { id: newId() },
    },
    mailbox_reader: {
      row: { ...at, id: newId(), adult_id: dsl.id, starts_at: moment, added_by: dsl.id },
      another: { id: newId(), adult_id: teacher.id },
    },
    audit_checkpoint: { row: { ...at, day: '2026-11-17', made_at: moment, content: 'x' }, another: { day: '2026-11-16' } },
    checkpoint_opening: {
      row: { ...at, day: '2026-11-17', chain: 'main', n: 1, salt: Buffer.alloc(32) },
      another: { chain: 'conduct' },
    },
    checkpoint_recipient: {
      row: { ...at, id: newId(), address: 'safe@trust.example', added_at: moment, added_by: dsl.id },
      another: { id: newId() },
    },
    checkpoint_delivery: {
      row: { ...at, day: '2026-11-17', recipient_id: newId(), sent_at: moment },
      another: { recipient_id: newId() },
    },
    mailbox_check: { row: { ...at, id: newId(), adult_id: dsl.id, on_day: '2026-11-18', at: moment }, another: { id: newId() } },
    mailbox_choice: {
      row: { ...at, id: newId(), rule: 'x', because: 'x', chosen_at: moment, chosen_by: dsl.id },
      another: { id: newId() },
    },
    policy_proposal: {
      row: {
        ...{ ...at, id: proposal, path: 'gaps/x', value: '"x"', was: 'x', says: 'x', from_on: '2026-12-01', because: 'x' },
        ...{ section: 'x', proposed_by: dsl.id, proposed_at: moment },
      },
      another: { id: newId() },
    },
    policy_value: {
      row: {
        ...{ ...at, id: newId(), number: 1, path: 'gaps/x', value: '"x"', from_on: '2026-12-01', document: 'x', section: 'x' },
        ...{ proposal_id: proposal, proposed_by: dsl.id, approved_by: teacher.id, approved_at: moment },
      },
      another: { id: newId(), number: 2 },
    },
    mailbox_reply: {
      row: { ...at, id: newId(), closed_from: '2026-12-19', closed_to: '2027-01-03', says: 'x', set_at: moment, set_by: dsl.id },
      another: { id: newId() },
    },
    cover_gap: {
      row: {
        ...at,
        id: newId(),
        kind: 'nobody',
        on_day: '2026-11-18',
        starts_at: moment,
        ends_at: '2026-11-18T12:00:00Z',
        found_at: moment,
      },
      another: { id: newId(), starts_at: '2026-11-18T11:00:00Z' },
    },
    notice: {
      row: {
        ...{ ...at, id: newId(), adult_id: teacher.id, topic: 'cover', urgent: false },
        ...{ says: 'x', source: 'x', link: '/cover', told_at: moment },
      },
      another: { id: newId() },
    },
    invitation: {
      row: {
        ...{ ...at, id: newId(), adult_id: teacher.id, kind: 'again', sent_by: tied.id },
        ...{ made_at: moment, expires_at: '2026-11-25T10:00:00Z' },
      },
      another: { id: newId() },
    },
    tie: { row: { ...part, id: newId(), adult_id: tied.id, kind: 'relative', starts_at: moment }, another: { id: newId() } },
    draft: {
      row: {
        ...at,
        id: newId(),
        adult_id: reporter.id,
        form: 'concern',
        sealed: randomBytes(8),
        version: 1,
        started_at: moment,
        saved_at: moment,
      },
      another: { id: newId() },
    },
  }
}

/** What adults owe of training and reading, and the school of checks. */
function dutyRows({ dsl, owner, teacher, tied }: Cast, school: TestSchool, child: string): Record<string, Kept> {
  const at = { school_id: school.id }
  const readingIssue = newId<string>()
  return {
    adult_duty: {
      row: { ...at, adult_id: teacher.id, started_on: '2026-11-18' },
      another: { adult_id: tied.id },
    },
    training_record: {
      row: {
        ...at,
        id: newId(),
        adult_id: teacher.id,
        course: 'staff',
        completed_on: '2026-11-18',
        recorded_at: moment,
        recorded_by: dsl.id,
      },
      another: { id: newId() },
    },
    edition: {
      row: { ...at, id: newId(), document: 'policy', edition: 'x', from_on: '2026-11-18', issued_at: moment, issued_by: dsl.id },
      another: { id: newId() },
    },
    reading_issue: {
      row: {
        ...{
          ...at,
          id: readingIssue,
          adult_id: teacher.id,
          document: 'policy',
          title: 'x',
          edition: 'x',
          edition_on: '2026-11-18',
        },
        ...{ clock: 'policy-reading', parts: ['read', 'understood'], own_hand: false, induction: false, issued_at: moment },
      },
      another: { id: newId() },
    },
    reading_part: {
      row: { ...at, issue_id: readingIssue, part: 'read', adult_id: teacher.id, signed_at: moment, recorded_by: dsl.id },
      another: { part: 'understood' },
    },
    reading_answer: {
      row: { ...at, id: newId(), adult_id: teacher.id, question: 'x', choice: 'x', answered_at: moment },
      another: { id: newId() },
    },
    briefing: {
      row: { ...at, id: newId(), title: 'x', held_on: '2026-11-18', present: [], recorded_at: moment, recorded_by: dsl.id },
      another: { id: newId() },
    },
    adult_task: {
      row: { ...at, id: newId(), adult_id: teacher.id, kind: 'refresher', about: 'x', says: 'x', opened_at: moment },
      another: { id: newId() },
    },
    agreement: {
      row: {
        ...{ ...at, id: newId(), child_id: child, document: 'x', edition: 'x', edition_on: '2026-11-18', signer: 'pupil' },
        ...{ agreed_on: '2026-11-18', recorded_at: moment, recorded_by: dsl.id },
      },
      another: { id: newId() },
    },
    device_issue: {
      row: {
        ...{ ...at, id: newId(), child_id: child, device: 'x', document: 'x', signers: ['pupil'] },
        ...{ issued_at: moment, issued_by: dsl.id },
      },
      another: { id: newId() },
    },
    school_check: {
      row: {
        ...{ ...at, id: newId(), kind: 'filtering-check', done_on: '2026-11-18', outcome: 'good' },
        ...{ recorded_at: moment, recorded_by: dsl.id, participants: [dsl.id, owner.id] },
      },
      another: { id: newId() },
    },
  }
}

/** What is said of a post that nobody holds, and of the job description of one that is held. */
function postRows({ dsl }: Cast, school: TestSchool, appointmentId: string): Record<string, Kept> {
  const at = { school_id: school.id }
  return {
    vacant_post: {
      row: { ...at, id: newId(), role: 'senco', vacant_since: '2026-11-01', entered_at: moment, entered_by: dsl.id },
      another: { id: newId() },
    },
    job_description: {
      row: {
        ...{ ...at, id: newId(), appointment_id: appointmentId, signed_on: '2026-11-01', kept_where: 'x' },
        ...{ names_lead: true, names_online: true, recorded_at: moment, recorded_by: dsl.id },
      },
      another: { id: newId() },
    },
  }
}

/** Rows of a concern and of all that can hang on it. */
function concernRows(cast: Cast, school: TestSchool, { child, sibling, secondConcern: second }: Children): Record<string, Kept> {
  const { dsl, named, tied, reporter, reader, owner, standin } = cast
  const [id, referral, decision, planId] = [newId<string>(), newId<string>(), newId<string>(), newId<string>()]
  const step = newId<string>()
  const [behaviour, shareId] = [newId<string>(), newId<string>()]
  const outside = { excluded: [named.id, tied.id] }
  const shared = { ...outside, readers: [reader.id] }
  const written = { ...shared, reporter_id: reporter.id }
  const at = { school_id: school.id, concern_id: id }
  const salt = randomBytes(8)
  const urgent = { immediate_risk: 'no', safe_to_go_home: 'yes', medical: 'no', police: 'no' }
  const level = { framework: 'derby', level_id: 'x', level_position: 1, policy_edition: 'x' }
  const fresh = (row: Row): Kept => ({ row: { ...at, id: newId(), ...row }, another: { id: newId() } })
  const concern = {
    school_id: school.id,
    kind: 'welfare',
    recorded_at: moment,
    policy_edition: 'x',
    state: 'new',
    written_by: reporter.id,
    ...written,
  }
  return {
    concern: { row: { ...concern, id, reference: 'AAAA-0001' }, another: { id: newId(), reference: 'AAAA-0003' } },
    concern_account: {
      row: { ...at, part: 1, written_at: moment, written_by: reporter.id, salt, ...written },
      another: { part: 2 },
    },
    concern_child: { row: { ...at, child_id: child, involvement: 'subject', ...written }, another: { child_id: sibling } },
    concern_adult: { row: { ...at, n: 1, adult_id: named.id, name: 'X', involvement: 'alleged', ...written }, another: { n: 2 } },
    body_mark: {
      row: { ...at, n: 1, child_id: child, side: 'front', region: 'x', description: 'x', ...written },
      another: { n: 2 },
    },
    explanation: fresh({ mark_n: 1, given_by: 'child', says: 'x', at: moment, by_id: reporter.id, ...written }),
    concern_source: { row: { ...at, came: 'child', ...written }, another: { concern_id: second } },
    addendum: fresh({ author_id: reporter.id, at: moment, kind: 'reporter', says: 'x', salt, ...written }),
    concern_link: {
      row: { ...at, linked_id: second, at: moment, by_id: dsl.id, reason: 'x', ...outside },
      another: { concern_id: second, linked_id: id },
    },
    attachment: fresh({
      kind: 'letter',
      media_type: 'x',
      size_bytes: 1,
      digest: salt,
      sealed: salt,
      added_at: moment,
      ...written,
    }),
    alert: fresh({ adult_id: dsl.id, role: 'dsl', kind: 'told', rule: 'x', says: 'x', source: 'x', told_at: moment, ...outside }),
    clock: fresh({
      ...{
        name: 'triage',
        rule: 'x',
        says: 'x',
        source: 'x',
        standing: 'read',
        owner_id: owner.id,
        basis_at: moment,
        duration_unit: 'x',
      },
      ...outside,
    }),
    entry: fresh({ child_id: child, kind: 'concern', heading: 'x', happened_on: '2026-11-18', recorded_at: moment, ...shared }),
    plan: fresh({
      id: planId,
      child_id: child,
      kind: 'safety',
      opened_at: moment,
      opened_by: dsl.id,
      owner_id: dsl.id,
      ...outside,
    }),
    child_feedback: fresh({
      ...{ child_id: child, plan_id: planId, said_at: moment, recorded_at: moment, by_id: dsl.id, says: 'x' },
      ...outside,
    }),
    plan_review: fresh({ plan_id: planId, child_id: child, at: moment, by_id: dsl.id, progress: 'improving', ...outside }),
    triage: fresh({ at: moment, by_id: dsl.id, rationale: 'x', ...urgent, ...level, ...outside }),
    decision: {
      row: {
        ...{ ...at, id: decision, at: moment, by_id: dsl.id, choice: 'monitor' },
        ...{ rationale: 'x', policy_edition: 'x', ...outside },
      },
      another: { id: newId() },
    },
    second_look: fresh({
      ...{ decision_id: decision, edition: 'x', outcome: 'unchanged', because: 'x', at: moment, by_id: dsl.id },
      ...outside,
    }),
    parent_contact: fresh({ child_id: child, at: moment, by_id: dsl.id, outcome: 'told', says: 'x', ...outside }),
    referral: {
      row: {
        ...{ ...at, id: referral, child_id: child, agency: 'social-care', destination: 'x', consent: 'given', state: 'decided' },
        ...{ opened_at: moment, opened_by: dsl.id, ...shared },
      },
      another: { id: newId() },
    },
    referral_event: {
      row: {
        ...{
          school_id: school.id,
          id: newId(),
          referral_id: referral,
          kind: 'decided',
          at: moment,
          recorded_at: moment,
          by_id: dsl.id,
        },
        ...outside,
      },
      another: { id: newId() },
    },
    action: fresh({
      child_id: child,
      says: 'x',
      owner_id: owner.id,
      due_on: '2026-11-20',
      set_at: moment,
      set_by: dsl.id,
      ...outside,
    }),
    note: fresh({
      ...{ child_id: child, kind: 'note', happened_on: '2026-11-18', says: 'x', salt, author_id: dsl.id, recorded_at: moment },
      ...shared,
    }),
    fallback_step: fresh({ kind: 'act', by_id: dsl.id, at: moment, recorded_at: moment, ...outside }),
    hand_back: {
      row: { ...at, id: newId(), reference: 'x', by_id: dsl.id, opened_at: moment, ...outside },
      another: { id: newId(), by_id: owner.id },
    },
    challenge: {
      row: { ...at, id: newId(), by_id: reporter.id, at: moment, says: 'x', salt, ...outside },
      another: { id: newId(), concern_id: second },
    },
    advice_asked: fresh({
      ...{ about_kind: 'concern', about_id: newId(), context: 'x', question: 'x', asked_at: moment, asked_by: dsl.id },
      ...outside,
    }),
    reply: fresh({ whom: 'child', kind: 'none', because: 'x', by_id: dsl.id, recorded_at: moment, ...outside }),
    advice: fresh({
      agency: 'x',
      with_whom: 'x',
      at: moment,
      named: false,
      asked: 'x',
      says: 'x',
      by_id: dsl.id,
      recorded_at: moment,
      ...outside,
    }),
    police_intelligence: fresh({
      ...{ channel: 'x', at: moment, content_class: 'people', reference: 'x', recorded_at: moment, by_id: dsl.id },
      ...outside,
    }),
    agency_call: fresh({ service: 'police', at: moment, rang_by: 'x', by_id: dsl.id, recorded_at: moment, ...outside }),
    family_contact: fresh({ at: moment, who: 'x', how: 'telephone', says: 'x', by_id: dsl.id, recorded_at: moment, ...outside }),
    awaited_account: fresh({
      ...{
        adult_id: owner.id,
        name: 'x',
        why: 'second-hand',
        asked_at: moment,
        rule: 'x',
        source: 'x',
        reporter_id: reporter.id,
      },
      ...outside,
    }),
    disclosure_time: {
      row: { ...at, ended_at: moment, began_at: moment, reporter_id: reporter.id, ...outside },
      another: { concern_id: second },
    },
    answer: fresh({ triage_id: newId(), question: 'x', option: 'x', at: moment, by_id: dsl.id, ...outside }),
    parent_hold: fresh({ question: 'x', option: 'x', set_at: moment, reporter_id: reporter.id, ...outside }),
    household_child: {
      row: { ...at, child_id: child, part: 'subject', state: 'confirmed', linked_at: moment, ...outside },
      another: { child_id: sibling },
    },
    not_referred: fresh({ decision_id: newId(), agency: 'prevent', reason: 'x', at: moment, by_id: dsl.id, ...outside }),
    amendment: fresh({ kind: 'decision', judgement_id: newId(), says: 'x', because: 'x', at: moment, by_id: dsl.id, ...outside }),
    attendance_mark: {
      row: {
        ...{ school_id: school.id, child_id: child, on_day: '2026-11-18', mark: 'absent' },
        ...{ entered_at: moment, entered_by: dsl.id },
      },
      another: { on_day: '2026-11-17' },
    },
    glass_break: {
      row: {
        ...{ school_id: school.id, id: newId(), child_id: child, adult_id: standin.id, role: 'headteacher', reason: 'x' },
        ...{ begun_at: '2026-11-16T10:00:00Z', ends_at: '2026-11-16T11:00:00Z', told: [dsl.id], ...outside },
      },
      another: { id: newId() },
    },
    team_change: {
      row: {
        ...{ school_id: school.id, id: newId(), kind: 'give', adult_id: reader.id, role: 'deputy-dsl', appointment_id: newId() },
        ...{ starts_at: moment, proposed_by: standin.id, proposed_at: '2026-11-16T10:00:00Z', lapses_at: '2026-11-30T10:00:00Z' },
        state: 'open',
      },
      another: { id: newId(), appointment_id: newId() },
    },
    looking_watch: { row: { school_id: school.id, day: '2026-11-16', n: 1 }, another: { day: '2026-11-15' } },
    looking_question: {
      row: {
        ...{
          school_id: school.id,
          id: newId(),
          kind: 'again',
          adult_id: standin.id,
          child_id: child,
          times: 9,
          audience: 'team',
        },
        ...{ first_at: moment, last_at: moment, raised_at: moment, excluded: [standin.id, named.id, tied.id] },
      },
      another: { id: newId() },
    },
    share: {
      row: {
        ...{ school_id: school.id, id: shareId, child_id: child, says: 'x', because: 'x', until_at: '2026-12-18T10:00:00.000Z' },
        ...{ made_at: moment, made_by: dsl.id, salt, ...outside },
      },
      another: { id: newId() },
    },
    share_reader: {
      row: { school_id: school.id, share_id: shareId, adult_id: reader.id, ...outside },
      another: { adult_id: owner.id },
    },
    trusted_adult: {
      row: {
        school_id: school.id,
        child_id: child,
        adult_id: owner.id,
        chosen_on: '2026-11-18',
        recorded_at: moment,
        recorded_by: dsl.id,
      },
      another: { child_id: sibling },
    },
    absence_draft: {
      row: {
        ...{ school_id: school.id, id: newId(), child_id: child, pattern: 'x', days: ['2026-11-18'] },
        ...{ says: 'x', source: 'x', opened_at: moment },
      },
      another: { id: newId(), pattern: 'y' },
    },
    attendance_week: {
      row: {
        school_id: school.id,
        child_id: child,
        week_starts: '2026-11-16',
        possible: 10,
        attended: 9,
        entered_at: moment,
        entered_by: dsl.id,
      },
      another: { week_starts: '2026-11-09' },
    },
    pathway_step: {
      row: {
        ...{ ...at, id: step, pathway: 'x', step: 'x', does: 'x', rule: 'x', source: 'x', standing: 'stated' },
        ...{ opened_at: moment, reporter_id: reporter.id, ...outside },
      },
      another: { id: newId(), step: 'y' },
    },
    arrangement: fresh({
      ...{ child_id: child, kind: 'class-move', says: 'x', begins_on: '2026-11-18', set_at: moment, by_id: dsl.id },
      ...outside,
    }),
    family_meeting: fresh({
      ...{ child_id: child, at: moment, with_whom: 'x', child_present: true, recorded_at: moment, by_id: dsl.id },
      ...outside,
    }),
    retention_flag: {
      row: { ...at, id: newId(), child_id: child, bears_on: 'sexual-abuse', set_at: moment, ...outside },
      another: { id: newId(), child_id: sibling },
    },
    behaviour_entry: {
      row: {
        ...{ ...at, id: behaviour, happened_on: '2026-11-18', place: 'online', tags: ['bullying'], says: 'x' },
        ...{ recorded_at: moment, by_id: reporter.id, ...outside },
      },
      another: { id: newId() },
    },
    behaviour_child: {
      row: { ...at, entry_id: behaviour, child_id: child, part: 'harmed', by_id: reporter.id, ...outside },
      another: { child_id: sibling },
    },
    pathway_event: fresh({ step_id: step, kind: 'done', at: moment, recorded_at: moment, by_id: dsl.id, ...outside }),
    contact_check: {
      row: { school_id: school.id, id: newId(), contact: 'x', outcome: 'right', at: moment, by_id: dsl.id },
      another: { id: newId() },
    },
    closure: fresh({ closed_at: moment, closed_by: dsl.id, summary: 'x', outcome: 'x', rationale: 'x', ...outside }),
    concern_move: fresh({ from_child: child, to_child: child, at: moment, by_id: dsl.id, reason: 'x', ...outside }),
  }
}

/** Rows of a case about the adult whom the concern names; the head has it, the reporter has their own words. */
function conductRows(cast: Cast, school: TestSchool, { hirer }: MonitoringIds): Record<string, Kept> {
  const { named, tied, reporter, standin } = cast
  const id = newId<string>()
  const at = { school_id: school.id, case_id: id }
  const sealed = randomBytes(8)
  const by = { at: moment, by_id: standin.id }
  const aCase = { kind: 'conduct', chain: 'x', believed: 'unsure', state: 'new', recorded_at: moment, policy_edition: 'x' }
  const authors = { reporter_id: reporter.id, written_by: reporter.id }
  return {
    conduct_case: {
      row: { school_id: school.id, id, reference: 'BBBB-0001', ...aCase, ...authors, excluded: [named.id, tied.id] },
      another: { id: newId(), reference: 'BBBB-0002' },
    },
    conduct_words: {
      row: { ...at, part: 1, author_id: reporter.id, at: moment, sealed, salt: sealed, reporter_id: reporter.id },
      another: { part: 2 },
    },
    conduct_subject: { row: { ...at, n: 1, adult_id: named.id, added_at: moment }, another: { n: 2 } },
    conduct_reader: {
      row: { ...at, adult_id: standin.id, role: 'headteacher', because: 'chain', rule: 'x', since: moment },
      another: { role: 'senior-leader' },
    },
    conduct_alert: {
      row: {
        ...{ ...at, id: newId(), adult_id: standin.id, role: 'headteacher', kind: 'told' },
        ...{ rule: 'x', says: 'x', source: 'x', told_at: moment },
      },
      another: { id: newId() },
    },
    conduct_assessment: { row: { ...at, id: newId(), ...by, outcome: 'neither', limbs: '{}', sealed }, another: { id: newId() } },
    conduct_contact: { row: { ...at, id: newId(), ...by, kind: 'lado', how: 'written', sealed }, another: { id: newId() } },
    conduct_conclusion: { row: { ...at, id: newId(), ...by, outcome: 'x', sealed }, another: { id: newId() } },
    hire_review: { row: { ...at, hirer_id: hirer, opened_at: moment }, another: {} },
    conduct_pattern: {
      row: { ...at, id: newId(), earlier: [newId()], answer: 'threshold-met', ...by, sealed },
      another: { id: newId() },
    },
  }
}

/** Rows that only the machinery writes. */
function machineryRows({ reporter }: Cast, school: TestSchool): Record<string, Kept> {
  const at = { school_id: school.id }
  const entry = {
    ...at,
    chain: 'main',
    n: 1000,
    at: moment,
    action: 'home.opened',
    outcome: 'done',
    body: '{}',
    hash: randomBytes(8),
  }
  return {
    audit_entry: { row: entry, another: { n: 1001 } },
    command_receipt: { row: { ...at, key: newId(), adult_id: reporter.id, path: '/x', at: moment }, another: { key: newId() } },
    outbox: { row: { ...at, id: newId(), kind: 'alert-mail', at: moment }, another: { id: newId() } },
  }
}

/** Rows that the people have brought with them; what is given here is who is asked about. */
function broughtRows(cast: Cast, school: TestSchool): Record<string, Kept> {
  const { reporter, dsl } = cast
  return {
    installation: { row: { kind: 'demonstration', created_at: moment }, another: {} },
    school: {
      row: { id: school.id, key: school.key, name: school.name, demonstration: true, visitor_token: school.visitorToken },
      another: { id: newId(), key: 'third', visitor_token: 'visitors-of-a-third-school' },
    },
    account: {
      row: { id: reporter.account, email: reporter.email, demonstration: true, created_at: moment },
      another: { id: newId(), email: 'third@example.org' },
    },
    adult: {
      row: { school_id: school.id, id: reporter.id, name: reporter.name, kind: 'staff', created_at: moment },
      another: { id: newId() },
    },
    appointment: {
      row: { school_id: school.id, adult_id: dsl.id, role: 'teacher', starts_at: moment },
      another: { id: newId() },
    },
    audit_chain: { row: { school_id: school.id, chain: 'main', n: 1, hash: randomBytes(8) }, another: {} },
  }
}

/** Columns and values of a row for a statement. */
export function columnsOf(row: Row): { readonly names: string; readonly places: string; readonly values: unknown[] } {
  const names = Object.keys(row)
  return { names: names.join(', '), places: names.map((_, index) => `$${index + 1}`).join(', '), values: Object.values(row) }
}

async function insert(people: TestPeople, table: string, row: Row): Promise<void> {
  const { names, places, values } = columnsOf(row)
  await people.query(`insert into ${table} (${names}) values (${places})`, values)
}

/** Fills an empty database, behind the program's back. */
export async function oneOfEach(database: TestDatabase): Promise<OneOfEach> {
  const people = new TestPeople(database)
  const school = await people.addSchool()
  const otherSchool = await people.addSchool()
  const cast = await addPeople(people, school, otherSchool)
  const children = { child: newId<string>(), sibling: newId<string>(), secondConcern: newId<string>() }
  const ids = monitoringIds()
  const [held] = await people.query<{ id: string }>('select id from appointment where adult_id = $1', [cast.dsl.id])
  const added = {
    ...sharedRows(cast, school),
    ...peopleRows(cast, school, children),
    ...dutyRows(cast, school, children.child),
    ...postRows(cast, school, held?.id ?? ''),
    ...concernRows(cast, school, children),
    ...monitoringRows(cast, school, children.child, ids),
    ...conductRows(cast, school, ids),
    ...machineryRows(cast, school),
  }
  // What other rows lean on stands there twice.
  const second: Record<string, Row> = {
    child: { id: children.sibling },
    concern: { id: children.secondConcern, reference: 'AAAA-0002' },
    alert: { id: newId(), adult_id: cast.standin.id, role: 'headteacher' },
    monitoring_report: { id: ids.secondReport },
    complaint: { id: ids.secondComplaint },
  }
  for (const [table, { row }] of Object.entries(added)) {
    await insert(people, table, row)
    if (second[table]) await insert(people, table, { ...row, ...second[table] })
  }
  return new OneOfEach({ people, school, otherSchool, adults: cast, kept: { ...broughtRows(cast, school), ...added } })
}
