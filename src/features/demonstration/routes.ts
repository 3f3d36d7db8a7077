import type { FastifyInstance } from 'fastify'
import { h } from 'preact'
import { type DemoAdult, demonstrationPassword, demoSchools } from '../../../demo/people.ts'
import { authorise, type Someone } from '../../access/index.ts'
import type { CaughtMail } from '../../platform/mail-catcher.ts'
import type { ServerTools } from '../../web/http/server.ts'
import { renderPage } from '../../web/layout.tsx'
import { codeNow } from '../identity/index.ts'
import { AccountsPage, type ShownAccount } from './pages/accounts-page.tsx'
import { MailPage } from './pages/mail-page.tsx'

const stranger: Someone = { kind: 'stranger' }

function shown(school: string, adult: DemoAdult, now: Parameters<typeof codeNow>[1]): ShownAccount {
  return {
    school,
    name: adult.name,
    job: adult.job,
    email: adult.email,
    code: adult.codeSecret ? codeNow(adult.codeSecret, now) : undefined,
  }
}

/** The demonstration's own pages; registered only where the installation is one. */
export function demonstrationPages(
  tools: ServerTools,
  mails: () => readonly CaughtMail[],
): (app: FastifyInstance) => Promise<void> {
  return async app => {
    const frame = {
      demonstration: true,
      nav: [
        { href: '/demonstration', text: 'Accounts', current: false },
        { href: '/demonstration/mail', text: 'Mails', current: false },
        { href: '/sign-in', text: 'Sign in', current: false },
      ],
      wide: true,
    }
    app.get('/demonstration', async (_request, reply) => {
      authorise(stranger, 'demonstration.read')
      const now = tools.clock.now()
      const accounts = demoSchools.flatMap(school =>
        Object.values(school.adults)
          .filter(adult => adult.hasAccount)
          .map(adult => shown(school.name, adult, now)),
      )
      const schools = demoSchools.map(school => ({ name: school.name, visitorHref: `/report/${school.visitorToken}` }))
      return reply.type('text/html; charset=utf-8').send(
        renderPage({
          ...frame,
          title: 'Demonstration accounts',
          now,
          children: h(AccountsPage, { accounts, schools, password: demonstrationPassword }),
        }),
      )
    })
    app.get('/demonstration/mail', async (_request, reply) => {
      authorise(stranger, 'demonstration.read')
      return reply
        .type('text/html; charset=utf-8')
        .send(renderPage({ ...frame, title: 'Mails', now: tools.clock.now(), children: h(MailPage, { mails: mails() }) }))
    })
  }
}

/** Says at the terminal who can sign in, one of each kind at each school, and that all of them are invented. */
export function sayDemonstration(address: string, say: (line: string) => void): void {
  say('')
  say('These are DEMONSTRATION schools with invented people. Demonstration accounts cannot exist beside real data.')
  say(`Everybody's password is  ${demonstrationPassword}`)
  say(`All accounts, and the authenticator codes of those who need one:  ${address}/demonstration`)
  say(`Mails that would have been sent:  ${address}/demonstration/mail`)
  for (const school of demoSchools) {
    say('')
    say(school.name)
    for (const role of ['teacher', 'dsl', 'headteacher'] as const) {
      const adult = Object.values(school.adults).find(candidate => candidate.hasAccount && candidate.roles.includes(role))
      if (adult) say(`  ${adult.email.padEnd(44)} ${adult.job}`)
    }
  }
  say('')
}
