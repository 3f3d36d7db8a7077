import { createHash, createHmac, hkdfSync, pbkdf2Sync } from 'node:crypto'
import type { ClientConfig } from 'pg'

/** Owns every object and cannot sign in: nobody who serves a request may change the schema or skip row-level security. */
export const ownerRole = 'holdfast_owner'
/** Serves requests: owns nothing. */
export const appLogin = 'holdfast_app'
/** Runs the job queue: owns the schema `jobs` and nothing else. */
export const jobsLogin = 'holdfast_jobs'

export type Login = typeof appLogin | typeof jobsLogin

const scramIterations = 4096

/** A login's password at a remote server; derived, so that there is one secret to keep and not three. */
export function loginPassword(masterKey: Buffer, login: Login): string {
  return Buffer.from(hkdfSync('sha256', masterKey, '', `holdfast database login ${login}`, 32)).toString('base64url')
}

/**
 * What PostgreSQL keeps of a password (RFC 5803), so that the password itself never stands in a statement that a server
 * may log. The salt is derived too: the same key gives the same verifier.
 */
export function scramVerifier(masterKey: Buffer, login: Login): string {
  const password = loginPassword(masterKey, login)
  const salt = Buffer.from(hkdfSync('sha256', masterKey, '', `holdfast database salt ${login}`, 16))
  const salted = pbkdf2Sync(password, salt, scramIterations, 32, 'sha256')
  const clientKey = createHmac('sha256', salted).update('Client Key').digest()
  const storedKey = createHash('sha256').update(clientKey).digest('base64')
  const serverKey = createHmac('sha256', salted).update('Server Key').digest('base64')
  return `SCRAM-SHA-256$${scramIterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`
}

/**
 * The administrator's connection turned into a login's own; without a master key for a server that trusts its socket
 * folder.
 */
export function connectionFor(admin: ClientConfig, login: Login, masterKey: Buffer | undefined): ClientConfig {
  const { password: _password, connectionString: _url, ...place } = admin
  return { ...place, user: login, ...(masterKey === undefined ? {} : { password: loginPassword(masterKey, login) }) }
}
