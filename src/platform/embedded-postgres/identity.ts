import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { chownSync, readFileSync } from 'node:fs'

/** The user a database server runs as; PostgreSQL refuses to run as root. */
export type Identity = {
  /** Prepended to each command: a container that maps only root has no other user to become. */
  readonly prefix: readonly string[]
  /** The user to become, or undefined to stay who we are. */
  readonly user: { readonly uid: number; readonly gid: number } | undefined
}

type User = { readonly uid: number; readonly gid: number }

// An empty environment but for this: PG* variables of the caller's shell must not reach the server.
export const serverEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

const itself: Identity = { prefix: [], user: undefined }

/** Runs a command to its end as the given identity. */
export function runAs(identity: Identity, command: string, args: readonly string[]): SpawnSyncReturns<string> {
  const [program = command, ...rest] = [...identity.prefix, command, ...args]
  return spawnSync(program, rest, { ...identity.user, cwd: '/', env: serverEnvironment, encoding: 'utf8' })
}

function namedUser(name: string): User | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find(candidate => candidate.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) }
}

/**
 * Who shall run the server. As root: the owner of the existing cluster, else a user made for Holdfast, else PostgreSQL's,
 * else nobody (initdb wants a user that has a name).
 */
export function serverIdentity(clusterOwner: User | undefined): Identity {
  if (process.getuid?.() !== 0) return itself
  const owner = clusterOwner !== undefined && clusterOwner.uid !== 0 ? clusterOwner : undefined
  const users = [owner, namedUser('holdfast'), namedUser('postgres'), namedUser('nobody')]
  const identities: Identity[] = users.filter(user => user !== undefined).map(user => ({ prefix: [], user }))
  identities.push({ prefix: ['unshare', '--user'], user: undefined })
  const usable = identities.find(identity => runAs(identity, 'true', []).status === 0)
  if (usable === undefined) {
    throw new Error('PostgreSQL refuses to run as root and no other user can be used here: start Holdfast as an ordinary user.')
  }
  return usable
}

/** Gives a file or folder that we made to the identity that will use it. */
export function giveTo(identity: Identity, path: string): void {
  if (identity.user !== undefined) chownSync(path, identity.user.uid, identity.user.gid)
}

/** Whether the identity can reach a folder and write there: asked of the system, because modes do not tell of lists and mounts. */
export function canWriteIn(identity: Identity, folder: string): boolean {
  return runAs(identity, 'sh', ['-c', 'cd "$1" && test -w .', 'sh', folder]).status === 0
}
