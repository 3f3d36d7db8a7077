import { randomBytes } from 'node:crypto'
import type { ClientConfig } from 'pg'
import { appLogin, connectionFor, jobsLogin } from '../../src/platform/logins.ts'
import { migrate } from '../../src/platform/migrate.ts'
import {
  makeTemplate,
  query,
  serverVariable,
  startTestServer,
  type TemplateName,
  templateDatabase,
  urlOf,
} from './test-server.ts'

/** A database of its own for one test file or test. It is never dropped: the whole server is thrown away. */
export type TestDatabase = {
  readonly name: string
  /** As the superuser, for what a test must see or set behind the program's back. */
  readonly admin: ClientConfig
  readonly adminUrl: string
  /** As the program serves requests: owns nothing and is bound by row-level security. */
  readonly app: ClientConfig
  readonly jobs: ClientConfig
}

let ownServer: Promise<ClientConfig> | undefined
const ownTemplates = new Map<TemplateName, Promise<void>>()

async function startOwnServer(): Promise<ClientConfig> {
  const server = await startTestServer()
  process.once('exit', server.abandon)
  return server.admin
}

async function runnersServer(template: TemplateName): Promise<ClientConfig> {
  const given = process.env[serverVariable]
  if (given !== undefined) return JSON.parse(given)
  ownServer ??= startOwnServer()
  const server = await ownServer
  const made = ownTemplates.get(template) ?? makeTemplate(server, template)
  ownTemplates.set(template, made)
  await made
  return server
}

/** Copies a template: `empty` has the schema and no row, `demonstration` the five schools and their invented people. */
export async function createTestDatabase(template: TemplateName = 'empty'): Promise<TestDatabase> {
  const server = await runnersServer(template)
  const name = `test_${randomBytes(8).toString('hex')}`
  // Copying files instead of logging them takes a tenth of the time.
  await query(server, `create database ${name} template ${templateDatabase(template)} strategy file_copy`)
  const admin = { ...server, database: name }
  // A copy does not keep the original's database grants.
  await migrate(admin)
  return {
    name,
    admin,
    adminUrl: urlOf(admin),
    app: connectionFor(admin, appLogin, undefined),
    jobs: connectionFor(admin, jobsLogin, undefined),
  }
}
