import { createHmac, createSecretKey, randomBytes } from 'node:crypto'
import type { Instant } from '../kernel/plain-date.ts'
import { canonicalJson, type Json } from './canonical-json.ts'
import { type AuditEvent, withoutActor } from './events.ts'

/** One thing that was done or read. Ids and digests only: never a name, never free text. */
export interface AuditNote {
  readonly event: AuditEvent
  /** Where it is kept: what concerns a case about an adult has a trail of its own, so that the main one gives nothing away. */
  readonly chain?: 'conduct'
  readonly subjectKind?: string
  readonly subject?: string
  readonly outcome?: 'done' | 'refused'
  /** Small plain facts: other ids, choices, counts, digests, rule ids. */
  readonly facts?: { readonly [key: string]: Json | undefined }
}

export interface AuditActor {
  readonly id: string | undefined
  readonly kind: string
  readonly roles: readonly string[]
  /** Why it was allowed, in the words of the access policy; none where nothing was asked for that needs a reason. */
  readonly ground?: string | undefined
}

/** The text that is hashed and kept. */
export function auditBody(note: AuditNote, actor: AuditActor, at: Instant): string {
  const isAnonymous = withoutActor.includes(note.event)
  return canonicalJson({
    action: note.event,
    actor: isAnonymous ? undefined : actor.id,
    actorKind: actor.kind,
    at,
    facts: note.facts,
    ground: isAnonymous ? undefined : actor.ground,
    outcome: note.outcome ?? 'done',
    roles: isAnonymous ? [] : actor.roles,
    subject: note.subject,
    subjectKind: note.subjectKind,
  })
}

export function newSalt(): Buffer {
  return randomBytes(16)
}

/** Digest of free text under its own salt: proves the words later, reveals nothing once words and salt are erased. */
export function saltedDigest(salt: Buffer, ...texts: readonly string[]): string {
  return createHmac('sha256', createSecretKey(salt)).update(canonicalJson(texts)).digest('base64url')
}
