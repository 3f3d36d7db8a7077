import type { DemoAdult, DemoSchool } from '../../demo/people.ts'
import { recordConcern } from '../../src/features/concerns/index.ts'
import type { NewConcern } from '../../src/features/concerns/model.ts'
import type { ChildId, ConcernId } from '../../src/kernel/ids.ts'
import type { Instant } from '../../src/kernel/plain-date.ts'
import { newId } from '../../src/platform/identifiers.ts'
import { workAs } from '../../src/work/work.ts'
import type { TestApp } from './app.ts'

/** A Friday in term, ten minutes past two: an hour before children go home. */
export const aFridayAfternoon = '2026-11-20T14:10:00.000Z' as Instant

/** A concern of a few words about one child. */
export function concernAbout(child: { readonly childId: ChildId }, more: Partial<NewConcern> = {}): NewConcern {
  return {
    id: newId<ConcernId>(),
    reporter: { kind: 'self' },
    children: [{ childId: child.childId, involvement: 'subject' }],
    newChildren: [],
    adults: [],
    happenedOn: null,
    happenedAtTime: null,
    happenedSays: '',
    location: '',
    urgent: false,
    stub: false,
    category: null,
    prompts: ['disclosure'],
    voiceTold: null,
    account: {
      childWords: '“I do not want to go home.”',
      seen: 'Crying at the end of maths.',
      opinion: 'I think somebody is waiting for her.',
      done: 'I stayed with her.',
    },
    marks: [],
    ...more,
  }
}

/** Records a concern as this adult at the app's moment and gives its id. */
export async function recordAs(
  app: TestApp,
  school: Pick<DemoSchool, 'id'>,
  adult: Pick<DemoAdult, 'adultId'>,
  concern: NewConcern,
): Promise<ConcernId> {
  const recorded = await workAs(app.tools, { schoolId: school.id, adultId: adult.adultId }, app.clock.now(), async work => ({
    commit: true,
    value: await recordConcern(work, concern),
  }))
  if (!recorded.ok) throw new Error(`the concern was refused: ${recorded.refusal.code}`)
  return recorded.value.concernId
}
