import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { debianBinaries } from './binaries.ts'
import { canWriteIn, giveTo, serverIdentity } from './identity.ts'
import { end, launch, makeCluster, readTrace, socketPort, superuser } from './server.ts'
import type { Embedded } from './supervisor.ts'

/** Starts Debian's PostgreSQL 15 on a folder that is below `parent` that is thrown away when it stops: the second database the tests run against. */
export async function debianPostgres15(parent: string, settings: Readonly<Record<string, string>> = {}): Promise<Embedded> {
  const identity = serverIdentity(undefined)
  const binaries = debianBinaries(identity)
  const folders = [parent, '/tmp', '/var/tmp'].filter(existsSync).map(place => {
    const folder = mkdtempSync(join(place, 'holdfast-15-'))
    giveTo(identity, folder)
    return folder
  })
  const folder = folders.find(candidate => canWriteIn(identity, candidate) && candidate.length < 80)
  for (const other of folders) if (other !== folder) rmSync(other, { recursive: true, force: true })
  if (folder === undefined) throw new Error('No temporary folder is open to the user that runs PostgreSQL 15.')
  const cluster = join(folder, 'pg15')
  makeCluster(binaries, identity, cluster, false)
  const logFile = join(folder, 'postgresql.log')
  const client = await launch({ binaries, identity, cluster, socketFolder: folder, logFile, settings })
  const pid = readTrace(cluster)?.pid ?? 0
  const stop = async (): Promise<void> => {
    await client.end().catch(() => undefined)
    await end(pid, cluster)
    rmSync(folder, { recursive: true, force: true })
  }
  return { host: folder, port: socketPort, superuser, folder, pid: () => pid, stop }
}
