import { newId } from '../../src/platform/identifiers.ts'
import { anActivity, aReader, cast, type GuardedSchool, type Params } from './guarded-school.ts'
import { date, ofChild, own, personal, type Way } from './way.ts'

const aChild = {
  given: 'Rosa',
  family: 'Winter',
  standing: 'on-roll',
  year: '7',
  class: '7A',
  ...date('born', '27', '3', '2015'),
}
const aContact = { name: 'Marta Nowak', relation: 'Aunt', priority: '2' }
const aStatus = { status: 'child-in-need', ...date('starts', '1', '9', '2026') }
const ofAdult = { by: 'head', notBy: 'teacher' } as const

/** Early help for the child who stands in every path. */
async function aPlan(school: GuardedSchool): Promise<Params> {
  const params = school.paramsOf({ path: '/children/:childId/plans' })
  const planId = newId<string>()
  await school.at.people.query(
    `insert into plan (school_id, id, child_id, kind, opened_at, opened_by, owner_id)
      select c.school_id, $2, c.id, 'early-help', $3, a.id, a.id from child c join lateral (select id from adult where school_id = c.school_id order by id limit 1) a on true where c.id = $1`,
    [params['childId'], planId, school.at.clock.now()],
  )
  return { ...params, planId }
}

/** The head proposes that a teacher be a deputy DSL; what waited before is over. */
async function aChange({ at, school }: GuardedSchool): Promise<Params> {
  const changeId = newId<string>()
  await at.people.query(
    `insert into team_change (school_id, id, kind, adult_id, role, appointment_id, starts_at, proposed_by, proposed_at, lapses_at, state)
      values ($1, $2, 'give', $3, 'deputy-dsl', gen_random_uuid(), $4, $5, $4, $4::timestamptz + interval '14 days', 'open')`,
    [school.id, changeId, cast.reporter.adultId, at.clock.now(), cast.head.adultId],
  )
  return { changeId }
}

/** A post of the policy that nobody holds any more. */
async function aVacantPost({ at, school }: GuardedSchool): Promise<Params> {
  const role = 'online-safety-lead'
  await at.people.query(
    'update appointment set ends_at = $3 where school_id = $1 and role = $2 and (ends_at is null or ends_at > $3)',
    [school.id, role, at.clock.now()],
  )
  return { role }
}

/** The appointment of the DSL, of whom the policy asks a job description. */
async function anAppointmentAsDsl({ at, school }: GuardedSchool): Promise<Params> {
  const [row] = await at.people.query<{ id: string }>(
    `select id from appointment where school_id = $1 and role = 'dsl' and starts_at <= $2 and (ends_at is null or ends_at > $2)`,
    [school.id, at.clock.now()],
  )
  return { appointmentId: row?.id ?? '' }
}

const ofPosts = { by: 'head', notBy: 'teacher' } as const

/** Children, adults, appointments and ties. */
export const peopleWays: Record<string, Way> = {
  'GET /children': { by: 'dsl', notBy: 'teacher', query: 'q=now' },
  'GET /children/find': { ...own('teacher'), query: 'q=ami' },
  'GET /children/new': { by: 'dsl', notBy: 'teacher' },
  'POST /children/new': { by: 'dsl', notBy: 'teacher', sends: aChild },
  'GET /children/:childId/plans': ofChild,
  'GET /plans/:planId': { ...ofChild, params: aPlan },
  'POST /plans/:planId/reviews': {
    ...ofChild,
    params: aPlan,
    fresh: aPlan,
    sends: { progress: 'improving', 'review-says': 'Calmer.' },
  },
  'POST /plans/:planId/feedback': { ...ofChild, params: aPlan, sends: { says: 'I like the quiet room.' } },
  'GET /children/:childId/details': ofChild,
  'GET /children/:childId/details/edit': ofChild,
  'POST /children/:childId/details/edit': { ...ofChild, sends: { ...aChild, family: 'Summer' } },
  'GET /children/:childId/contacts/new': ofChild,
  'POST /children/:childId/contacts/new': { ...ofChild, sends: aContact },
  'GET /children/:childId/contacts/:contactId': ofChild,
  'POST /children/:childId/contacts/:contactId': { ...ofChild, sends: aContact },
  'GET /children/:childId/contacts/:contactId/end': ofChild,
  'POST /children/:childId/contacts/:contactId/end': ofChild,
  'GET /children/:childId/addresses/new': ofChild,
  'POST /children/:childId/addresses/new': {
    ...ofChild,
    sends: { address: '9 Moss Green', ...date('starts', '1', '9', '2026') },
  },
  'POST /children/:childId/addresses/:addressId/end': ofChild,
  'GET /children/:childId/statuses/new': ofChild,
  'POST /children/:childId/statuses/new': { ...ofChild, sends: aStatus },
  'GET /children/:childId/statuses/:statusId': ofChild,
  'POST /children/:childId/statuses/:statusId': { ...ofChild, sends: aStatus },
  'GET /children/:childId/siblings/new': { ...ofChild, query: 'q=lily' },
  'POST /children/:childId/siblings/new': { ...ofChild, sends: ({ school }) => ({ sibling: school.pupils.lily.childId }) },
  'POST /children/:childId/siblings/:siblingId/remove': ofChild,
  'GET /posts': { by: 'governor', notBy: 'teacher' },
  'GET /trust/posts': { by: 'governor', notBy: 'teacher' },
  'GET /posts/:role/vacancy': { ...ofPosts, params: aVacantPost },
  'POST /posts/:role/vacancy': { ...ofPosts, params: aVacantPost, fresh: aVacantPost, sends: date('since', '1', '9', '2026') },
  'GET /posts/descriptions/:appointmentId': { ...ofPosts, params: anAppointmentAsDsl },
  'POST /posts/descriptions/:appointmentId': {
    ...ofPosts,
    params: anAppointmentAsDsl,
    fresh: anAppointmentAsDsl,
    sends: { ...date('signed', '1', '9', '2026'), 'kept-where': 'Office', 'names-lead': 'yes', 'names-online': 'yes' },
  },
  'GET /people': ofAdult,
  'GET /people/accounts': ofAdult,
  'GET /people/new': ofAdult,
  'POST /people/new': { ...ofAdult, sends: { name: 'Rowan Ashby', kind: 'staff' } },
  'GET /people/:adultId': ofAdult,
  'GET /people/:adultId/edit': ofAdult,
  'POST /people/:adultId/edit': { ...ofAdult, sends: { name: 'Rhodri Bevan', kind: 'staff' } },
  'POST /people/:adultId/invite': ofAdult,
  'POST /people/:adultId/end-sessions': ofAdult,
  'GET /people/:adultId/appointments/new': ofAdult,
  'POST /people/:adultId/appointments/new': { ...ofAdult, sends: { role: 'senco', from: 'now' } },
  'GET /people/:adultId/appointments/:appointmentId': ofAdult,
  'POST /people/:adultId/appointments/:appointmentId': { ...ofAdult, sends: date('starts', '1', '9', '2024') },
  'POST /people/:adultId/appointments/:appointmentId/end': ofAdult,
  'GET /people/:adultId/appointments/:appointmentId/end': ofAdult,
  'GET /team-changes': { by: 'dsl', notBy: 'teacher' },
  'GET /team-changes/:changeId': { by: 'dsl', notBy: 'teacher', params: aChange },
  'POST /team-changes/:changeId/agree': { by: 'dsl', notBy: 'teacher', params: aChange, fresh: aChange },
  'POST /team-changes/:changeId/decline': {
    by: 'dsl',
    notBy: 'teacher',
    params: aChange,
    fresh: aChange,
    sends: { because: 'Not this year.' },
  },
  'POST /team-changes/:changeId/withdraw': { by: 'head', notBy: 'teacher', params: aChange, fresh: aChange },
  'GET /people/:adultId/ties/new': { ...ofAdult, query: 'q=lily' },
  'POST /people/:adultId/ties/new': {
    ...ofAdult,
    sends: ({ school }) => ({ to: `child/${school.pupils.lily.childId}`, kind: 'relative' }),
  },
  'POST /people/:adultId/ties/:tieId/end': ofAdult,
}

const ofCover = { by: 'dsl', notBy: 'teacher' } as const

/** The rota, and being out. */
export const coverWays: Record<string, Way> = {
  'GET /cover': ofCover,
  'GET /cover/duties/new': ofCover,
  'POST /cover/duties/new': {
    ...ofCover,
    sends: {
      adult: cast.tied.adultId,
      kind: 'trip',
      mode: 'in-person',
      from: '09:00',
      to: '15:00',
      ...date('starts', '5', '12', '2026'),
    },
  },
  'POST /cover/duties/:dutyId/remove': ofCover,
  'GET /cover/out': own('teacher'),
  'POST /cover/out': { ...own('teacher'), sends: { reason: 'out', from: 'now', until: 'today' } },
  'POST /cover/out/:absenceId/end': personal,
}

const ofLeader = { by: 'reporter', notBy: 'teacher' } as const
const theTrip = { kind: 'trip', title: 'Year 9 to the lake', from: '9am', to: '5pm', ...date('starts', '5', '12', '2026') }

/** Trips, activities and closures. */
export const activityWays: Record<string, Way> = {
  'GET /activities': own('teacher'),
  'GET /activities/new': ofCover,
  'POST /activities/new': { ...ofCover, sends: theTrip },
  'GET /activities/:activityId': ofLeader,
  'POST /activities/:activityId/cover': {
    ...ofCover,
    sends: { adult: cast.tied.adultId, phone: '07700 900111', mode: 'remote', reason: 'At school' },
  },
  'POST /activities/:activityId/cancel': { ...ofCover, fresh: async ({ at }) => ({ activityId: await anActivity(at) }) },
  'GET /activities/:activityId/pack': ofLeader,
}

/** The safeguarding mailbox. */
export const mailboxWays: Record<string, Way> = {
  'GET /mailbox': ofCover,
  'POST /mailbox/readers': { ...ofCover, sends: { adult: cast.tied.adultId } },
  'POST /mailbox/readers/:readerId/end': { ...ofCover, fresh: async ({ at }) => ({ readerId: await aReader(at) }) },
  'POST /mailbox/checks': ofCover,
  'POST /mailbox/rule': { ...ofCover, sends: { rule: 'school-days', because: 'The governors decided it' } },
  'POST /mailbox/reply': ofCover,
}
