import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { startTestApp, type TestApp } from '../../test/support/app.ts'
import { policiesByKey, schoolWithForm } from '../../test/support/concern-form.ts'
import { concernAbout, recordAs } from '../../test/support/concerns.ts'
import type { AdultId, ConcernId } from '../kernel/ids.ts'
import { epochInMs, instantOf } from '../kernel/plain-date.ts'
import { newId } from '../platform/identifiers.ts'
import { type RoleId, roleIds } from '../policy/roles.ts'
import { workAs } from '../work/work.ts'

const fileRoles: readonly RoleId[] = ['dsl', 'deputy-dsl']

/** An appointment by its role and how many hours before or after now it begins and ends. */
const appointment = fc.record({
  role: fc.oneof(fc.constantFrom<RoleId>('dsl', 'deputy-dsl'), fc.constantFrom(...roleIds)),
  beginsInHours: fc.integer({ min: -48, max: 2 }),
  lastsHours: fc.option(fc.integer({ min: 1, max: 72 }), { nil: undefined }),
})
const situation = fc.record({
  appointments: fc.array(appointment, { maxLength: 4 }),
  isExcluded: fc.boolean(),
  isReader: fc.boolean(),
  isReporter: fc.boolean(),
  isElsewhere: fc.boolean(),
})

// The scope of a transaction and row-level security alone: no function of the program decides anything here.
describe('with every check of the program left out, whatever appointments, exclusions and shares somebody has, the database', () => {
  let app: TestApp
  let concernId: ConcernId
  let school: Awaited<ReturnType<typeof schoolWithForm>>
  let here: AdultId
  let elsewhere: AdultId
  let otherSchool: Awaited<ReturnType<typeof schoolWithForm>>
  before(async () => {
    app = await startTestApp({ policies: policiesByKey })
    school = await schoolWithForm(app, 'west-park')
    otherSchool = await schoolWithForm(app, 'westley')
    here = (await app.people.addAdult(school.school, { roles: [] })).id
    elsewhere = (await app.people.addAdult(otherSchool.school, { roles: [] })).id
    concernId = await recordAs(app, school.school, { adultId: school.teacher.id }, concernAbout({ childId: school.robin }))
  })
  after(() => app.close())

  const hours = (count: number) => instantOf(epochInMs(app.clock.now()) + count * 3_600_000)

  test('shows a record to whoever holds a post that opens files now, was given it or wrote it; never across schools, and to whoever is outside only their own words', async () => {
    let shown = 0
    let hidden = 0
    await fc.assert(
      fc.asyncProperty(situation, async ({ appointments, isExcluded, isReader, isReporter, isElsewhere }) => {
        const schoolId = isElsewhere ? otherSchool.school.id : school.school.id
        const adultId = isElsewhere ? elsewhere : here
        await app.people.query('delete from appointment where adult_id = $1', [adultId])
        for (const { role, beginsInHours, lastsHours } of appointments)
          await app.people.query(
            'insert into appointment (school_id, id, adult_id, role, starts_at, ends_at) values ($1, $2, $3, $4, $5, $6)',
            [
              ...[schoolId, newId<string>(), adultId, role, hours(beginsInHours)],
              lastsHours === undefined ? null : hours(beginsInHours + lastsHours),
            ],
          )
        const lists = [school.school.id, concernId, isExcluded ? [adultId] : [], isReader ? [adultId] : []]
        await app.people.query('update entry set excluded = $3, readers = $4 where school_id = $1 and concern_id = $2', lists)
        await app.people.query(
          'update concern set excluded = $3, readers = $4, reporter_id = $5 where school_id = $1 and id = $2',
          [...lists, isReporter && !isElsewhere ? adultId : school.teacher.id],
        )
        const [seen] = await workAs(app.tools, { schoolId, adultId }, app.clock.now(), async work => ({
          commit: false,
          value: await work.tx.run<{ concern: number; entry: number }>(
            {
              name: 'seen_by_anybody',
              text: 'select (select count(*)::int from concern where id = $1) as concern, (select count(*)::int from entry where concern_id = $1) as entry',
            },
            [concernId],
          ),
        }))
        const opens = appointments.some(
          ({ role, beginsInHours, lastsHours }) =>
            fileRoles.includes(role) && beginsInHours <= 0 && (lastsHours === undefined || beginsInHours + lastsHours > 0),
        )
        const reads = !isElsewhere && !isExcluded && (opens || isReader)
        const keepsOwn = !isElsewhere && isReporter
        assert.deepEqual(
          { concern: (seen?.concern ?? 0) > 0, entry: (seen?.entry ?? 0) > 0 },
          { concern: reads || keepsOwn, entry: reads },
        )
        if (reads) shown += 1
        else hidden += 1
      }),
      { numRuns: 120 },
    )
    assert.ok(shown > 5 && hidden > 20, `shown ${shown}, hidden ${hidden}`)
  })
})
