import { type Actor, authorise, check } from '../../access/index.ts'
import { findRecordedConcern } from '../../features/concerns/index.ts'
import { getOwnWords, recordDirectReferral } from '../../features/own-concerns/index.ts'
import type { Agency } from '../../policy/profile.ts'
import type { Work } from '../../work/work.ts'
import { accepted } from '../event-kind.ts'
import type { Answer } from '../model.ts'
import type { Stage } from '../stage.ts'
import { rehearsed } from './words.ts'

interface Call {
  readonly ref: string
  readonly by: string
  readonly to: Agency
}

/** Whoever reported it writes down that they rang; of a call by anybody else Holdfast knows nothing. */
async function writeDown(work: Work<Actor>, id: string, to: Agency): Promise<Answer> {
  const concern = await findRecordedConcern(work, id)
  if (!concern || !check(work.someone, 'referral.direct', concern.access).allowed) return accepted()
  const permit = authorise(work.someone, 'referral.direct', concern.access)
  const words = await getOwnWords(work, permit, work.someone.adultId, concern.id)
  const subjects = words.children.filter(child => child.involvement === 'subject')
  await recordDirectReferral(
    work,
    permit,
    { concern, words },
    {
      childIds: subjects.map(child => child.childId),
      agency: to,
      destination: rehearsed,
      destinationContact: null,
      withWhom: rehearsed,
      at: work.now,
      consent: 'not-sought',
      consentSays: rehearsed,
      reference: '',
      says: rehearsed,
    },
  )
  return accepted()
}

/** Every policy lets any member of staff ring for a child: of whoever does not refer for the school, the call. Undefined where they do. */
export async function callOfAnyone(stage: Stage, { ref, by, to }: Call): Promise<Answer | undefined> {
  const kept = stage.refs.get(ref)
  if (kept?.kind !== 'concern') return undefined
  const seesWhole = await stage.ask(by, work => kept.opens(work))
  return seesWhole === 'whole' ? undefined : stage.act(by, work => writeDown(work, kept.id, to))
}
