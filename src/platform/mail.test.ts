import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import type { Instant } from '../kernel/plain-date.ts'
import { heldClock } from './clock.ts'
import { createMailer } from './mail.ts'
import { type MailCatcher, startMailCatcher } from './mail-catcher.ts'

suite('Whoever looks at the mails of a demonstration', () => {
  const clock = heldClock('2026-11-18T10:00:00.000Z' as Instant)
  let folder: string
  let catcher: MailCatcher
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-mails-'))
    catcher = await startMailCatcher(folder, clock)
  })
  after(async () => {
    await catcher.close()
    rmSync(folder, { recursive: true })
  })

  test('reads each as it was written, and finds it as a file', async () => {
    const mailer = createMailer(catcher.server, 'holdfast@example.org')
    const text = `Something is waiting – für dich.\n\nhttps://example.org/alerts?a=b\n${'long '.repeat(60)}\n`
    await mailer.send({ to: 'dsl@example.org', subject: 'Something is waiting – éèê 🙂', text })
    mailer.close()
    const [mail] = catcher.mails()
    assert.equal(mail?.to, 'dsl@example.org')
    assert.equal(mail?.subject, 'Something is waiting – éèê 🙂')
    assert.equal(mail?.text.trimEnd(), text.trimEnd())
    assert.equal(mail?.caughtAt, clock.now())
    assert.deepEqual(readdirSync(folder), ['000001_2026-11-18T10-00-00.000Z.eml'])
  })

  test('finds them again after a restart', async () => {
    const again = await startMailCatcher(folder, clock)
    assert.equal(again.mails()[0]?.subject, 'Something is waiting – éèê 🙂')
    assert.equal(again.find(1)?.caughtAt, clock.now())
    await again.close()
  })
})

test('Whoever puts a second address, a header or a line into an address or a subject reaches nobody else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-mails-'))
  const catcher = await startMailCatcher(folder, heldClock('2026-11-18T10:00:00.000Z' as Instant))
  const mailer = createMailer(catcher.server, 'holdfast@example.org')
  const planted = 'thief@example.org'
  for (const to of [`dsl@example.org, ${planted}`, `dsl@example.org\r\nBcc: ${planted}`, `DSL <${planted}>, dsl@example.org`])
    await assert.rejects(mailer.send({ to, subject: 'Something is waiting', text: 'a' }), /one address/)
  await mailer.send({
    to: 'dsl@example.org',
    subject: `Waiting\r\nBcc: ${planted}\r\n\r\nFrom me`,
    text: `\r\n.\r\nRCPT TO:<${planted}>\r\n`,
  })
  mailer.close()
  assert.deepEqual(
    catcher.mails().map(mail => [mail.to, mail.subject]),
    [['dsl@example.org', `Waiting Bcc: ${planted}  From me`]],
  )
  const written = readdirSync(folder).map(name => readFileSync(join(folder, name), 'utf8').split(/\r?\n\r?\n/)[0] ?? '')
  assert.equal(written.filter(head => /^(?:bcc|cc):/im.test(head)).length, 0)
  await catcher.close()
  rmSync(folder, { recursive: true })
})

suite('Somebody whose mail server is on another machine', () => {
  test('has no mail sent in the open: a server that offers no encryption is given nothing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-mails-'))
    const catcher = await startMailCatcher(folder, heldClock('2026-11-18T10:00:00.000Z' as Instant))
    const mailer = createMailer({ ...catcher.server, requireTLS: true }, 'holdfast@example.org')
    await assert.rejects(mailer.send({ to: 'dsl@example.org', subject: 'a', text: 'b' }))
    assert.deepEqual(catcher.mails(), [])
    mailer.close()
    await catcher.close()
    rmSync(folder, { recursive: true })
  })
})
