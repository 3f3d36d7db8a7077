import type { EventKinds } from '../event-kind.ts'
import { conductEvents } from './conduct.ts'
import { dataProtectionEvents } from './data-protection.ts'
import { judgingEvents } from './judging.ts'
import { monitoringEvents } from './monitoring.ts'
import { policeEvents } from './police.ts'
import { pupilEvents } from './pupils.ts'
import { recordingEvents } from './recording.ts'
import { referralEvents } from './referrals.ts'
import { schoolEvents } from './school.ts'
import { timeEvents } from './time.ts'

/** Every event that a rehearsal may hold. */
export const eventKinds: EventKinds = {
  ...recordingEvents,
  ...judgingEvents,
  ...referralEvents,
  ...conductEvents,
  ...policeEvents,
  ...monitoringEvents,
  ...dataProtectionEvents,
  ...pupilEvents,
  ...schoolEvents,
  ...timeEvents,
}
