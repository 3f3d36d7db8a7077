import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { ClamdAddress } from '../../src/platform/clamd.ts'

/** The test file of EICAR, which every scanner knows and which does nothing; in two halves, so that none takes this source for it. */
export const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('')

export interface RunningClamd {
  readonly address: ClamdAddress
  stop(): Promise<void>
}

const program = '/usr/sbin/clamd'
const startsWithinMs = 30_000

/** Debian's own daemon of ClamAV, with one signature of ours: that of the test file. `streamMax` is the largest file it takes. */
export async function startClamd(options: { readonly streamMax?: string } = {}): Promise<RunningClamd> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-clamd-'))
  const path = join(folder, 'clamd.ctl')
  writeFileSync(join(folder, 'own.ndb'), `Test.File:0:*:${Buffer.from(eicar).toString('hex')}\n`)
  const settings = {
    LocalSocket: path,
    DatabaseDirectory: folder,
    TemporaryDirectory: folder,
    Foreground: 'yes',
    StreamMaxLength: options.streamMax ?? '25M',
  }
  const configuration = join(folder, 'clamd.conf')
  writeFileSync(
    configuration,
    Object.entries(settings)
      .map(pair => `${pair.join(' ')}\n`)
      .join(''),
  )
  const daemon = spawn(program, ['--config-file', configuration], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [daemon.stdout, daemon.stderr]) stream.on('data', text => (said += String(text)))
  const ended = once(daemon, 'exit')
  const stop = async () => {
    daemon.kill('SIGKILL')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  const by = Date.now() + startsWithinMs
  while (!existsSync(path)) {
    if (daemon.exitCode !== null || Date.now() > by) {
      await stop()
      throw new Error(`clamd does not start: ${said}`)
    }
    await pause(20)
  }
  return { address: { path }, stop }
}

/** Something that listens where a scanner should, and treats each caller as it is told to. */
export async function startStandIn(treats: (caller: Socket) => void): Promise<RunningClamd> {
  const callers = new Set<Socket>()
  const server = createServer(caller => {
    callers.add(caller)
    caller.on('error', () => undefined)
    treats(caller)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('it listens on no port')
  return {
    address: { host: '127.0.0.1', port: address.port },
    stop: async () => {
      for (const caller of callers) caller.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
