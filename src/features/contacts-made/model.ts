import type { SubjectFacts } from '../../access/index.ts'
import type { AdultId, ChildId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { ChildInvolvement, ConcernState } from '../concerns/model.ts'

export const services = ['police', 'ambulance', 'fire'] as const
export type Service = (typeof services)[number]

export const serviceNames: Readonly<Record<Service, string>> = {
  police: 'Police',
  ambulance: 'Ambulance',
  fire: 'Fire and rescue',
}

export const ways = ['telephone', 'in-person', 'message'] as const
export type ContactWay = (typeof ways)[number]

export const wayNames: Readonly<Record<ContactWay, string>> = {
  telephone: 'By telephone',
  'in-person': 'Face to face',
  message: 'By message or mail',
}

/** The concern that something was done about, as far as writing it down needs to know. */
export interface TouchedConcern {
  readonly id: ConcernId
  readonly reference: string
  readonly urgent: boolean
  readonly state: ConcernState
  readonly ownerId: AdultId | null
  readonly triagedAt: Instant | null
  /** Nobody speaks with the parents until the team lifts it, as far as the reader may know. */
  readonly parentsHeld: boolean
  /** The same, where everybody inside this concern may know of it: what is kept here and told then gives nothing away. */
  readonly heldForAll: boolean
  readonly children: readonly { readonly childId: ChildId; readonly involvement: ChildInvolvement }[]
  readonly access: SubjectFacts
}

/** The emergency number was rung. */
export interface NewEmergencyCall {
  readonly service: Service
  readonly at: Instant
  readonly rangBy: string
  readonly incident: string
  readonly says: string
}

export interface EmergencyCall extends NewEmergencyCall {
  readonly id: string
  readonly byName: string | null
}

/** Somebody spoke with a parent. */
export interface NewFamilyContact {
  readonly at: Instant
  readonly who: string
  readonly how: ContactWay
  readonly says: string
  /** Who of the team had agreed to it; empty where nobody had. */
  readonly agreedWith: string
  readonly agreedAt: Instant | null
}

export interface FamilyContact extends NewFamilyContact {
  readonly id: string
  readonly early: boolean
  readonly byName: string | null
}
