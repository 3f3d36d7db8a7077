import assert from 'node:assert/strict'
import { demo } from '../../demo/people.ts'
import type { NewConcern } from '../../src/features/concerns/model.ts'
import { type NewConduct, recordConduct } from '../../src/features/conduct/index.ts'
import type { AdultId, CaseId, ChildId, ConcernId } from '../../src/kernel/ids.ts'
import { referenceOf } from '../../src/kernel/reference.ts'
import { newId } from '../../src/platform/identifiers.ts'
import { workAs } from '../../src/work/work.ts'
import { date, offered } from '../guards/way.ts'
import { type Agent, type Fields, hiddenFields, type TestApp } from '../support/app.ts'
import { concernAbout, recordAs } from '../support/concerns.ts'
import { someWords } from '../support/conduct.ts'
import { presentation } from '../support/triage.ts'

const school = demo.westPark
const { zofia } = school.pupils
const { teacher, dsl, deputyTwo, head, deputyHead, assistant } = school.adults

/** The records of which nobody outside may learn. */
export interface Secret {
  /** Referred, and worked on in every way. */
  readonly worked: ConcernId
  /** Urgent; nobody has looked at it for two days. */
  readonly late: ConcernId
  /** About harm at home. */
  readonly beside: ConcernId
  readonly caseOfBoth: CaseId
  readonly referralId: string
  /** A sister who is in no list of the school. */
  readonly sister: ChildId
  /** Words that stand in the records and nowhere else. */
  readonly words: readonly string[]
}

/** Fills and sends the form of a page as the people of the team do. */
class Desk {
  readonly #agent: Agent

  constructor(agent: Agent) {
    this.#agent = agent
  }

  async fill(path: string, fields: Fields | ((page: string) => Fields) = {}, form = true): Promise<string> {
    const page = form ? (await this.#agent.get(path)).html : ''
    const typed = typeof fields === 'function' ? fields(page) : fields
    const answer = await this.#agent.post(path, { ...(form ? hiddenFields(page, path) : {}), child: zofia.childId, ...typed })
    assert.equal(
      answer.status,
      303,
      `${path}: ${/govuk-error-summary__list[\s\S]*?<\/ul>/.exec(answer.html)?.[0] ?? answer.html.slice(0, 200)}`,
    )
    return answer.location ?? ''
  }
}

/** The address of whoever the trust sends; the same in both worlds. */
export const trustLead = 'trust.lead@example.org'

/** The trust's lead opens her case on a ground, and is asked about it. */
async function overseen(app: TestApp): Promise<void> {
  const [lead] = await app.people.query<{ id: AdultId }>('select id from adult where school_id = $1 and email = $2', [
    school.id,
    trustLead,
  ])
  assert.ok(lead)
  const hub = new Desk(await app.agentFor(lead.id))
  await hub.fill(`/children/${zofia.childId}/oversight`, { reason: 'Heronwood sample.', hours: '4' })
  const desk = new Desk(await app.agentFor(dsl.adultId))
  await desk.fill(`/children/${zofia.childId}/ask-the-trust`, { reason: 'Heronwood advice.', hours: '4' })
}

async function workOn(app: TestApp, worked: ConcernId): Promise<Pick<Secret, 'referralId'>> {
  const desk = new Desk(await app.agentFor(dsl.adultId))
  const of = (path: string) => `/concerns/${worked}/${path}`
  await desk.fill(of('acknowledge'), {}, false)
  await desk.fill(of('triage'), page => ({
    ...{ 'immediate-risk': 'no', 'safe-to-go-home': 'yes', medical: 'no', police: 'no' },
    ...{
      categories: offered(page, 'categories'),
      level: offered(page, 'level'),
      ...presentation,
      rationale: 'Heronwood rationale.',
    },
  }))
  await desk.fill(of('decision'), { choice: 'refer', rationale: 'Heronwood decision.', ...date('next-look', '25', '11', '2026') })
  await desk.fill(of('parents'), { outcome: 'told', who: 'Mother', says: 'Heronwood talk.' })
  const referral = await desk.fill(`${of('referrals/new')}`, {
    ...{ agency: 'other', destination: 'Heronwood clinic', consent: 'given', asks: 'Please see her.' },
  })
  await desk.fill(of('actions/new'), { says: 'Heronwood action.', owner: dsl.adultId, ...date('due', '19', '11', '2026') })
  await desk.fill(of('addenda/new'), { says: 'Heronwood addendum.' })
  await desk.fill(of('arrangements'), { kind: 'class-move', says: 'Heronwood class.', ...date('begins', '25', '11', '2026') })
  await desk.fill(of('tell-reporter'), { says: 'Heronwood thanks.' })
  const glass = new Desk(await app.agentFor(deputyHead.adultId))
  await glass.fill(`/children/${zofia.childId}/break-glass`, { reason: 'Heronwood glass.', hours: '4' })
  await overseen(app)
  return { referralId: /[0-9a-f-]{36}/.exec(referral)?.[0] ?? assert.fail(referral) }
}

/** What the team writes about the child herself, whoever is named in a concern about her. */
async function workOnChild(app: TestApp): Promise<void> {
  const desk = new Desk(await app.agentFor(dsl.adultId))
  const of = (path: string) => `/children/${zofia.childId}/${path}`
  await desk.fill(of('notes/new'), { kind: 'note', says: 'Heronwood note.', ...date('happened', '18', '11', '2026') })
  await desk.fill(of('statuses/new'), { status: 'child-in-need', ...date('starts', '1', '9', '2026') })
  await desk.fill(of('shares'), {
    ...{ says: 'Heronwood share.', 'with-1': assistant.adultId, because: 'She is at the gate.' },
    ...date('until', '30', '11', '2026'),
  })
}

async function aCase(app: TestApp, about: readonly { readonly adultId: AdultId; readonly name: string }[]): Promise<CaseId> {
  const conduct: NewConduct = {
    ...{ id: newId<CaseId>(), kind: 'conduct', reporter: { kind: 'self' }, about, believed: 'harm-threshold' },
    ...{ happenedOn: null, happenedAtTime: null, words: { ...someWords, seen: 'Heronwood collar.' } },
  }
  const done = await workAs(app.tools, teacher, app.clock.now(), async work => ({
    commit: true,
    value: await recordConduct(work, conduct),
  }))
  assert.ok(done.ok)
  return conduct.id
}

const named = ({ adultId, name }: { readonly adultId: AdultId; readonly name: string }) =>
  ({ adultId, name, relation: '', involvement: 'alleged', toldAt: null }) as const

/**
 * What a school may come to hold, by the real commands and pages. `of-adults`: three concerns about Zofia that name the second deputy and
 * the head, and a case about both. `of-child`: the same, and all that is written about Zofia besides.
 */
export async function tellTheSecret(app: TestApp, what: 'of-adults' | 'of-child'): Promise<Secret> {
  const account = { childWords: 'Heronwood child.', seen: 'Heronwood seen.', opinion: '', done: '' }
  const adults = [named(deputyTwo), named(head)]
  const sister = newId<ChildId>()
  const record = (more: Partial<NewConcern>) => recordAs(app, school, teacher, concernAbout(zofia, { account, adults, ...more }))
  const worked = await record({
    firstHand: { adultId: assistant.adultId, name: assistant.name },
    newChildren: [
      {
        childId: sister,
        givenName: 'Heronia',
        familyName: zofia.name.split(' ').at(-1) ?? '',
        description: 'Her sister',
        standing: 'not-on-roll',
      },
    ],
    children: [
      { childId: zofia.childId, involvement: 'subject' },
      { childId: sister, involvement: 'sibling' },
    ],
  })
  const parts = await workOn(app, worked)
  const late = await record({ urgent: true, location: 'Heronwood gate' })
  const beside = await record({ prompts: ['domestic-abuse'] })
  const caseOfBoth = await aCase(app, [head, deputyTwo])
  if (what === 'of-child') await workOnChild(app)
  const references = [worked, late, beside].map(id => referenceOf(id))
  return { worked, late, beside, caseOfBoth, sister, ...parts, words: ['Heronwood', 'Heronia', 'collar', ...references] }
}
