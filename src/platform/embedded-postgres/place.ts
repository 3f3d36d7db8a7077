import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ensureDataFolder, syncFolder } from '../data-folder.ts'
import { canWriteIn, giveTo, type Identity, serverIdentity } from './identity.ts'

/** Where a cluster lives and who runs it. */
export type Place = { readonly folder: string; readonly identity: Identity }

type Say = (sentence: string) => void

/** A Unix socket's path may hold 107 bytes on Linux and 103 on a Mac. */
const longestSocketPathBytes = 100

/** The cluster's folder below a place; named by major version, because another major cannot open it. */
export function clusterFolder(place: Place): string {
  return join(place.folder, 'pg18')
}

/** Places that hold what must outlast a reboot, or for thrown-away clusters what need not. */
export function placesElsewhere(dataDir: string, temporary: boolean): readonly string[] {
  if (process.getuid?.() !== 0) return [join(dataDir, 'programs')]
  return temporary
    ? ['/var/tmp/holdfast', '/tmp/holdfast', '/var/lib/holdfast']
    : ['/var/lib/holdfast', '/srv/holdfast', '/opt/holdfast']
}

function ownerOf(path: string): { uid: number; gid: number } | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat === undefined ? undefined : { uid: stat.uid, gid: stat.gid }
}

function makeClosedFolder(path: string, identity: Identity): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  chmodSync(path, 0o700)
  giveTo(identity, path)
}

/** Makes a folder in the first place that the server's user can reach. */
function newFolderElsewhere(dataDir: string, identity: Identity, temporary: boolean): string {
  for (const parent of placesElsewhere(dataDir, temporary)) {
    const folder = join(parent, `database-${randomBytes(6).toString('hex')}`)
    try {
      mkdirSync(parent, { recursive: true })
      chmodSync(parent, 0o711)
      makeClosedFolder(folder, identity)
      if (canWriteIn(identity, folder)) return folder
      rmSync(folder, { recursive: true, force: true })
    } catch {
      // The next place may be writable.
    }
  }
  throw new Error(
    `The user that runs the database cannot reach ${dataDir}, nor is there another place for it: choose another --data folder.`,
  )
}

function move(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch {
    // Another file system.
    const unfinished = `${to}.moving`
    rmSync(unfinished, { recursive: true, force: true })
    const copied = spawnSync('cp', ['-a', from, unfinished], { encoding: 'utf8' })
    if (copied.status !== 0) throw new Error(copied.stderr)
    spawnSync('sync', ['-f', unfinished])
    renameSync(unfinished, to)
    rmSync(from, { recursive: true, force: true })
  }
  syncFolder(dirname(to))
}

/** Where the data folder says its cluster is: inside it, or elsewhere by a pointer file. Makes nothing. */
export function recordedFolder(dataDir: string): string {
  const pointer = join(dataDir, 'database-folder')
  const inside = join(dataDir, 'database')
  if (!existsSync(pointer)) return inside
  const folder = readFileSync(pointer, 'utf8').trim()
  // A move that was cut off has written its pointer and not yet moved.
  if (!existsSync(join(folder, 'pg18')) && existsSync(join(inside, 'pg18'))) return inside
  if (!existsSync(folder)) {
    throw new Error(
      `The database of ${dataDir} was kept in ${folder}, which is gone. Bring it back, or delete ${dataDir} to begin anew.`,
    )
  }
  return folder
}

function refuseAnotherUsersFolder(folder: string): void {
  const owner = ownerOf(folder)
  const we = process.getuid?.()
  if (owner === undefined || we === undefined || we === 0 || owner.uid === we) return
  throw new Error(`${folder} belongs to another user: start Holdfast as the user that started it before, or as root.`)
}

/** Finds or makes the place of the data folder's cluster, moving it where its user would be shut out. */
export function findPlace(dataDir: string, temporary: boolean, say: Say): Place {
  ensureDataFolder(dataDir)
  const folder = recordedFolder(dataDir)
  const cluster = join(folder, 'pg18')
  const identity = serverIdentity(ownerOf(cluster))
  refuseAnotherUsersFolder(folder)
  makeClosedFolder(folder, identity)
  if (canWriteIn(identity, folder)) return { folder, identity }
  const elsewhere = newFolderElsewhere(dataDir, identity, temporary)
  const pointer = join(dataDir, 'database-folder')
  // The pointer comes first: a cluster without one would be taken for no cluster, and a new one made.
  writeFileSync(pointer, `${elsewhere}\n`, { flush: true })
  syncFolder(dataDir)
  if (existsSync(cluster)) move(cluster, join(elsewhere, 'pg18'))
  rmSync(folder, { recursive: true, force: true })
  say(`The database is kept in ${elsewhere}, because ${dataDir} is closed to the user that runs it.`)
  return { folder: elsewhere, identity }
}

/** A folder for the socket whose path is short enough, closed to everyone else. */
export function socketFolder(place: Place): string {
  const inside = join(place.folder, 'socket')
  if (Buffer.byteLength(join(inside, '.s.PGSQL.5432')) <= longestSocketPathBytes) {
    makeClosedFolder(inside, place.identity)
    return inside
  }
  for (const parent of ['/run', process.env['XDG_RUNTIME_DIR'], '/tmp', tmpdir(), '/var/tmp']) {
    if (parent === undefined) continue
    try {
      const folder = mkdtempSync(join(parent, 'holdfast-'))
      makeClosedFolder(folder, place.identity)
      const short = Buffer.byteLength(join(folder, '.s.PGSQL.5432')) <= longestSocketPathBytes
      if (short && canWriteIn(place.identity, folder)) return folder
      rmSync(folder, { recursive: true, force: true })
    } catch {
      // The next place may be writable.
    }
  }
  throw new Error(`The path of ${place.folder} is too long for the database's socket: choose a shorter --data folder.`)
}
