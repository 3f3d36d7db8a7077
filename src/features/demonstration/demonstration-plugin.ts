import type { FastifyInstance, FastifyReply } from 'fastify'
import type { CaughtMail } from '../../platform/mail-catcher.ts'
import { notFoundPage } from '../../web/error-pages.tsx'
import type { ServerTools } from '../../web/http/server.ts'
import { demonstrationPage } from './pages/demonstration-page.tsx'
import { mailPage, mailsPage } from './pages/mail-pages.tsx'
import { type Demonstration, findDemonstration, mayLook } from './queries.ts'

export interface DemonstrationParts {
  /** The password of every demonstration account. */
  readonly password: string
  /** Where mails are caught; undefined where they are really sent. */
  readonly mails: { mails(): readonly CaughtMail[]; find(number: number): CaughtMail | undefined } | undefined
}

/** The pages of a demonstration. Not found in a live installation, even where somebody registered them. */
export function demonstrationPages(tools: ServerTools, { password, mails }: DemonstrationParts) {
  const send = (reply: FastifyReply, html: string | undefined) =>
    reply
      .code(html === undefined ? 404 : 200)
      .type('text/html; charset=utf-8')
      .send(html ?? notFoundPage())

  async function inDemonstration(draw: (found: Demonstration) => string | undefined): Promise<string | undefined> {
    const found = await findDemonstration(tools, mayLook(), tools.clock.now())
    return found && draw(found)
  }

  return async (app: FastifyInstance): Promise<void> => {
    app.get('/demonstration', async (_raw, reply) =>
      send(reply, await inDemonstration(found => demonstrationPage({ ...found, password, hasMails: mails !== undefined }))),
    )
    app.get('/demonstration/mail', async (_raw, reply) =>
      send(reply, await inDemonstration(() => mails && mailsPage(mails.mails(), tools.clock.now()))),
    )
    app.get<{ Params: { number: string } }>('/demonstration/mail/:number', async (raw, reply) => {
      const mail = mails?.find(Number(raw.params.number))
      return send(reply, await inDemonstration(() => mail && mailPage(mail, tools.clock.now())))
    })
  }
}
