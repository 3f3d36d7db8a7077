import assert from 'node:assert/strict'
import type { Actor } from '../../src/access/index.ts'
import { toInstant } from '../../src/kernel/london-time.ts'
import type { Instant, LocalTime, PlainDate } from '../../src/kernel/plain-date.ts'
import type { RoleId } from '../../src/policy/roles.ts'
import { type Work, workAs } from '../../src/work/work.ts'
import { startTestApp, type TestApp } from './app.ts'
import { testPolicies } from './demonstration.ts'
import type { TestAdult, TestSchool } from './people.ts'

/** A moment in the school's own time, such as `2025-09-01 08:30`. */
export function at(moment: string): Instant {
  return toInstant(moment.slice(0, 10) as PlainDate, moment.slice(11) as LocalTime)
}

/** One empty school for each policy, to which people are added and in which they act at moments of the test's choice. */
export class SchoolStage {
  readonly app: TestApp
  readonly #schools: ReadonlyMap<string, TestSchool>

  private constructor(app: TestApp, schools: ReadonlyMap<string, TestSchool>) {
    this.app = app
    this.#schools = schools
  }

  static async start(): Promise<SchoolStage> {
    const app = await startTestApp({ policies: testPolicies() })
    const schools = new Map<string, TestSchool>()
    for (const key of testPolicies().keys) schools.set(key, await app.people.addSchool({ key }))
    return new SchoolStage(app, schools)
  }

  schoolOf(key: string): TestSchool {
    return this.#schools.get(key) ?? assert.fail(key)
  }

  person(key: string, name: string, ...roles: RoleId[]): Promise<TestAdult> {
    return this.app.people.addAdult(this.schoolOf(key), { name, roles })
  }

  as<T>(who: TestAdult, moment: string, body: (work: Work<Actor>) => Promise<T>): Promise<T> {
    return workAs(this.app.tools, { schoolId: who.school.id, adultId: who.id }, at(moment), async work => ({
      commit: true,
      value: await body(work),
    }))
  }
}
