import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { type GuardedSchool, startGuardedSchool } from './guarded-school.ts'
import { openEveryPage } from './page-walk.ts'

/** Entering and finishing are two of them; BEGIN and COMMIT are not counted. */
const roundTripsMax = 5

suite('Whoever opens a page waits for few round trips to the database', () => {
  let school: GuardedSchool
  const counted = new Map<string, number>()
  before(async () => {
    school = await startGuardedSchool({
      onAnswered: ({ route, roundTrips }) => {
        const name = `${route.method} ${route.path}`
        counted.set(name, Math.max(roundTrips, counted.get(name) ?? 0))
      },
    })
  })
  after(() => school.close())

  test(`at most ${roundTripsMax}, on every page`, async () => {
    const pages = await openEveryPage(school)
    assert.deepEqual(
      pages.flatMap(({ name, answer }) => (counted.has(name) ? [] : [`${name} was not counted (${answer.status})`])),
      [],
    )
    const offenders = pages.flatMap(({ name }) => {
      const roundTrips = counted.get(name) ?? 0
      return roundTrips > roundTripsMax ? [`${name}: ${roundTrips}`] : []
    })
    assert.deepEqual(offenders, [])
  })
})
