// The product's server on a seeded trust, in a process of its own so that its processor time can be told apart.
import type { FastifyInstance } from 'fastify'
import { identityPages } from '../src/features/identity/index.ts'
import type { SchoolId } from '../src/kernel/ids.ts'
import { systemClock } from '../src/platform/clock.ts'
import { Database } from '../src/platform/database.ts'
import { openSealing } from '../src/platform/installation-keys.ts'
import { createLog } from '../src/platform/log.ts'
import type { OpenDatabase } from '../src/platform/open-database.ts'
import { createServer, type ServerTools } from '../src/web/http/server.ts'
import { routes } from '../src/web/routes.ts'
import type { WorkTools } from '../src/work/work.ts'
import { startWorker, type Worker } from '../src/worker.ts'
import { largePolicies } from './open-large.ts'

/** What the parent sends to open the server. */
export interface ServerOrder {
  readonly app: OpenDatabase['app']
  readonly jobs: OpenDatabase['jobs']
  readonly masterKey: string
  /** One path that is answered later than all others, to see whether a measurement notices. */
  readonly planted?: { readonly path: string; readonly delayMs: number }
}

export type ServerAnswer = { readonly port: number } | { readonly cpuMs: number; readonly residentBytes: number }

async function open(order: ServerOrder): Promise<void> {
  let worker: Worker | undefined
  const database = new Database(order.app)
  const tools: WorkTools = {
    database,
    policies: largePolicies(),
    sealing: await openSealing(database, () => [Buffer.from(order.masterKey, 'base64')]),
    outboxFilled: (schoolId: SchoolId) => worker?.outboxFilled(schoolId),
  }
  const log = createLog(process.stderr)
  const serverTools: ServerTools = {
    ...tools,
    clock: systemClock,
    log,
    secureCookies: false,
    trustedProxies: [],
    openRequestsEachMinute: 60,
    tls: undefined,
  }
  const slow = async (all: FastifyInstance) => {
    all.addHook('onRequest', async raw => {
      if (order.planted?.path === raw.url) await new Promise(resolve => setTimeout(resolve, order.planted?.delayMs))
    })
  }
  const app = await createServer(serverTools, routes, [slow, identityPages(serverTools)])
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  worker = await startWorker(tools, {
    clock: systemClock,
    jobsConnection: order.jobs,
    send: async () => undefined,
    address,
    onError: error => log.failure('background work failed', error),
  })
  process.send?.({ port: Number(new URL(address).port) } satisfies ServerAnswer)
}

process.on('message', (message: ServerOrder | 'usage') => {
  if (message !== 'usage') return void open(message)
  const { user, system } = process.cpuUsage()
  process.send?.({ cpuMs: (user + system) / 1000, residentBytes: process.memoryUsage.rss() } satisfies ServerAnswer)
})
process.on('disconnect', () => process.exit(0))
