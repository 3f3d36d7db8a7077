/** How urgent a referral is and, where it is not, which of the authority's ways it takes. Pure. */
import type { Agency, Contact } from '../../policy/profile.ts'
import type { Way } from '../../policy/where-to.ts'
import type { FormReader } from '../triage/index.ts'

export interface WayRead {
  readonly urgent?: boolean
  readonly channel?: string
  readonly attached?: string
  readonly to?: Contact
}

/** Whether it has to be said how urgent it is: social care protects at once, other help never does. */
export function asksUrgency(agency: Agency, ways: readonly Way[]): boolean {
  return agency === 'social-care' && ways.length > 0
}

/** Reads how urgent it is and the way it takes; what the way asks for is missing unless it is there. */
export function readWay(reader: FormReader, agency: Agency, ways: readonly Way[]): WayRead {
  if (!asksUrgency(agency, ways)) {
    // Help that is not social care's has one way, taken as soon as the part of the authority is known.
    const [only] = ways
    return only?.to ? { ...wayTaken(reader, only), to: only.to } : {}
  }
  const urgent = reader.choice('urgent', ['yes', 'no'] as const, 'Select whether the child needs protection at once.')
  if (urgent !== 'no') return urgent === undefined ? {} : { urgent: true }
  const ids = ways.map(({ id }) => id)
  const chosen = reader.choice('channel', ids, 'Select which way it goes.')
  const way = ways.find(({ id }) => id === chosen)
  if (!way) return { urgent: false }
  if (!way.to) reader.wrong('locality', `Select where the child lives: ${way.name} goes by it.`)
  return { urgent: false, ...wayTaken(reader, way), ...(way.to ? { to: way.to } : {}) }
}

function wayTaken(reader: FormReader, way: Way): WayRead {
  if (!way.needsAssessment) return { channel: way.id }
  const attached = reader.line(
    'assessment',
    'The assessment',
    `Enter the early help assessment, or the one that equals it, that goes to: ${way.name}.`,
  )
  return { channel: way.id, attached }
}
