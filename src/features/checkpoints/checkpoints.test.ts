import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import {
  type Checkpoint,
  findCheckpoints,
  publicTextOf,
  readCheckpoint,
  signCheckpoint,
  spokenDigest,
} from '../../audit/checkpoint.ts'
import type { Handed } from '../../audit/evidence.ts'
import { verifyExport, writeExport } from '../../audit/export-file.ts'
import { nothingHanded, verifyDatabase } from '../../audit/verify.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { workInBackground } from '../../work/work.ts'
import { handOutCheckpoints, makeCheckpoint } from './commands.ts'

const at = (day: string, time: string) => `2026-11-${day}T${time}:00.000Z` as Instant
const newKey = () => {
  const { privateKey } = generateKeyPairSync('ed25519')
  return { signing: privateKey, publicText: publicTextOf(privateKey) }
}
const school = demo.westPark
const key = newKey()
const folder = mkdtempSync(join(tmpdir(), 'holdfast-checkpoints-'))
const sent: { to: string; subject: string; text: string }[] = []
let mailServerIsAway = false
let app: TestApp
let handed: Handed = nothingHanded

const night = async (day: string, time = '00:01') => {
  app.clock.set(at(day, time))
  await workInBackground(app.tools, school.id, app.clock.now(), async work => ({
    commit: true,
    value: await makeCheckpoint(work, key),
  }))
}
const handOut = () =>
  handOutCheckpoints(
    app.tools,
    school.id,
    {
      folder,
      send: async mail => {
        if (mailServerIsAway) throw new Error('away')
        sent.push(mail)
      },
    },
    app.clock,
  )
const kept = () =>
  app.people.query<{ day: string; content: string }>(
    `select day::text, content from audit_checkpoint where school_id = $1 order by audit_checkpoint.day`,
    [school.id],
  )
const noteOnto = (chain: 'conduct' | undefined) =>
  workInBackground(app.tools, school.id, app.clock.now(), async work => {
    work.note({ event: 'conduct.unanswered', ...(chain ? { chain } : {}) })
    return { commit: true, value: undefined }
  })
const agent = (role: 'head' | 'dsl') => app.agentFor((school.adults[role] ?? assert.fail(role)).adultId)

before(async () => {
  app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: at('17', '10:00') })
})
after(async () => {
  rmSync(folder, { recursive: true })
  await app.close()
})

describe('whoever is given a checkpoint', () => {
  test('has one for each night, learns from its shape nothing of a case about an adult, and the head sees where the worker stood still', async () => {
    await night('18')
    const head = await agent('head')
    assert.equal((await (await agent('dsl')).get('/audit')).status, 403)
    const refused = async (address: string) => {
      const answer = await head.post('/audit/recipients', { address })
      return /govuk-error-message[^>]*>([\s\S]*?)<\/p>/.exec(answer.html)?.[1]?.replaceAll(/<[^>]*>/g, '')
    }
    assert.match((await refused('nobody')) ?? '', /Enter an e-mail address in the right form/)
    const [own] = await app.people.query<{ email: string }>(
      'select c.email from account c join adult a on a.account_id = c.id where a.id = $1',
      [school.adults['teacher']?.adultId],
    )
    assert.match(
      (await refused(own?.email.toUpperCase() ?? '')) ?? '',
      /This address belongs to somebody who works at the school/,
    )
    assert.equal(await refused('safe@trust.example'), undefined)
    assert.match((await refused('SAFE@trust.example')) ?? '', /named already/)

    await night('19')
    await night('19', '09:00')
    await noteOnto('conduct')
    await noteOnto('conduct')
    mailServerIsAway = true
    await assert.rejects(handOut())
    mailServerIsAway = false
    await night('20')
    const before = await app.people.query('select n from audit_chain where school_id = $1 and chain = $2', [school.id, 'conduct'])
    assert.deepEqual(before, [{ n: 2 }], 'a case was worked on in one night and in none of the others')
    await handOut()
    await handOut()
    // Two nights without a worker.
    app.clock.set(at('22', '10:00'))
    assert.match((await head.get('/audit')).html, /No checkpoint was made for 20 November 2026 to 21 November 2026/)
    const missed = /No checkpoint of the audit trail was made for 20 November 2026 to 21 November 2026/
    assert.match((await head.get('/')).html, missed, 'whoever may act on it reads it where they begin')
    const dsl = school.adults.dsl?.adultId ?? assert.fail('no DSL')
    assert.doesNotMatch((await (await agent('dsl')).get('/today')).html, /No checkpoint/)
    await app.people.appoint(school.id, dsl, 'headteacher')
    assert.match((await (await agent('dsl')).get('/today')).html, missed, 'and on Today')
    await app.people.query(`delete from appointment where adult_id = $1 and role = 'headteacher'`, [dsl])
    await night('23')
    await handOut()
    assert.match((await head.get('/audit')).html, /Covers 20 November 2026 to 21 November 2026 too/)

    const rows = await kept()
    assert.deepEqual(
      rows.map(row => row.day),
      ['2026-11-17', '2026-11-18', '2026-11-19', '2026-11-22'],
    )
    const shapeOf = (text: string) => text.replaceAll(/(before|main|conduct|signature) .*|\d{4}-\d\d-\d\d|-{10}/g, '$1')
    assert.equal(new Set(rows.map(row => row.content.length)).size, 1, 'all of one length')
    assert.equal(new Set(rows.map(row => shapeOf(row.content))).size, 1, 'all of one shape')
    const digests = rows.flatMap(({ content }) => [readCheckpoint(content)?.main, readCheckpoint(content)?.conduct])
    assert.equal(new Set(digests).size, 8, 'a chain that did not grow has another digest each night')
    assert.deepEqual(
      readdirSync(join(folder, school.key)),
      rows.map(row => `${row.day}.txt`),
    )
    assert.deepEqual(
      sent.map(mail => [mail.to, mail.subject.slice(-10)]),
      ['2026-11-18', '2026-11-19', '2026-11-22'].map(day => ['safe@trust.example', day]),
      'each once, from when the address was named, also after the mail server was away',
    )
    assert.equal(new Set(sent.map(mail => mail.text.replaceAll(/\d+/g, '').length)).size <= 4, true)
    const [row] = rows
    const printed = (await head.get('/audit/checkpoints/2026-11-17')).html
    assert.ok(row && printed.includes(spokenDigest(row.content)) && printed.includes(key.publicText))
    assert.equal((await head.get('/audit/checkpoints/2026-11-21')).status, 404)

    // Somebody of the school has the address from now on: nothing more goes there, whatever there is about them.
    await app.people.query('update account set email = $1 where email = $2', ['safe@trust.example', own?.email])
    await night('24')
    await handOut()
    assert.equal(sent.length, 3)
    assert.match((await head.get('/audit')).html, /Nothing is sent: somebody of the school has this address/)
    handed = { checkpoints: findCheckpoints(sent.map(mail => mail.text).join('\n')).found, digests: [], keys: [key.publicText] }
    assert.equal(handed.checkpoints.length, 3, 'read out of the mails')
  })
})

describe('whoever verifies the trail with what left the database', () => {
  const file = join(folder, 'export.jsonl')
  const verified = async (from: string, with_: Handed = handed) => {
    const says: string[] = []
    const note = (of: string, chain: string, fault: string | undefined) => fault && says.push(`${of} ${chain}: ${fault}`)
    const whole = await verifyExport(from, report => note(report.school, report.chain, report.fault?.says), {
      handed: with_,
      checkpoints: report => says.push(...report.faults.map(fault => `${report.school}: ${fault}`)),
    })
    assert.equal(whole, says.length === 0)
    return says
  }
  const changed = (edit: (text: string) => string) => {
    const path = join(folder, 'changed.jsonl')
    writeFileSync(path, edit(readFileSync(file, 'utf8')))
    return path
  }
  /** A file that somebody changed and gave a new end, as whoever owns the database could. */
  const forged = async (edit: (lines: string[]) => string[]) => {
    const { createHash } = await import('node:crypto')
    return changed(text => {
      const body = edit(text.trimEnd().split('\n').slice(0, -1)).join('\n')
      return `${body}\n${JSON.stringify({ end: createHash('sha256').update(`${body}\n`).digest('hex') })}\n`
    })
  }

  test('is told that it is whole: from the database, and from an export, with the mails, a typed digest and the key', async () => {
    let text = ''
    const out = {
      write: async (more: string) => {
        text += more
      },
    }
    const entries = await writeExport(app.database.admin, out, { withoutConduct: false })
    assert.ok(entries > 1)
    writeFileSync(file, text)
    assert.deepEqual(await verified(file), [])
    const [first] = handed.checkpoints
    assert.ok(first)
    assert.deepEqual(await verified(file, { ...handed, digests: [spokenDigest(first.text)] }), [])
    assert.equal(await verifyDatabase(app.database.admin, () => {}, { handed }), true)
    text = ''
    await writeExport(app.database.admin, out, { withoutConduct: true })
    assert.doesNotMatch(text, /"chain":"conduct"|conduct\.unanswered/)
    const without = join(folder, 'without.jsonl')
    writeFileSync(without, text)
    assert.deepEqual(await verified(without), [])
  })

  test('is told with a sentence of an entry that was changed, a tail cut off, and a file cut off or spoilt', async () => {
    const isOf = (line: string, what: string) => line.includes(what)
    const edited = await forged(lines =>
      lines.map(line => (isOf(line, '"n":2,') ? line.replace('"outcome\\":\\"done', '"outcome\\":\\"refused') : line)),
    )
    assert.match((await verified(edited)).join('\n'), /entry 2 or one before it was changed: its hash does not follow/)
    const missing = await forged(lines => lines.filter(line => !(isOf(line, '"n":2,') && isOf(line, 'body'))))
    assert.match((await verified(missing)).join('\n'), /entry 2 is missing/)
    // The tail is cut off and the head set back, so that only the checkpoint shows it.
    const cut = await forged(lines => {
      const from = lines.findIndex(line => isOf(line, '"chain":"conduct"') && isOf(line, '"entries":2'))
      assert.ok(from > 0)
      const first = JSON.parse(lines[from + 1] ?? '') as { hash: string }
      return [
        ...lines.slice(0, from),
        JSON.stringify({ chain: 'conduct', entries: 1, head: first.hash }),
        ...lines.slice(from + 1, from + 2),
        ...lines.slice(from + 3),
      ]
    })
    assert.deepEqual(await verified(cut), [
      'west-park conduct: the checkpoint of 2026-11-19 covers 2 entries and the chain ends at 1: the end was cut off, or this copy is older',
    ])
    await assert.rejects(verified(changed(text => text.slice(0, text.length / 2))), /is not JSON|has no end after line/)
    await assert.rejects(
      verified(changed(text => text.split('\n').slice(0, 5).join('\n'))),
      /has no end after line 5: the file was cut off/,
    )
    await assert.rejects(verified(changed(() => '')), /The export is empty/)
    await assert.rejects(verified(changed(() => '\u0000\u0001\n')), /Line 1 of the export is not JSON/)
    await assert.rejects(verified(changed(() => '{"format":"other"}\n')), /Line 1 of the export does not say/)
    await assert.rejects(
      verified(changed(text => text.replace('"outcome\\":\\"done', '"outcome\\":\\"refused'))),
      /changed after it was written/,
    )
  })

  test('is told of a chain computed anew as a whole, of another school’s chain, of another key and of a foreign checkpoint', async () => {
    const [first, second] = handed.checkpoints as [Checkpoint, Checkpoint]
    const other = newKey()
    assert.match(
      (await verified(file, { ...handed, keys: [other.publicText] })).join('\n'),
      /the checkpoint of 2026-11-17 was signed by another key than the one given/,
    )
    const spoilt = { ...second, text: second.text.replace(/main ./, 'main _') }
    assert.match(
      (await verified(file, { ...handed, checkpoints: [spoilt] })).join('\n'),
      /the checkpoint of 2026-11-19 was changed after it was signed \(one of those handed in\)/,
    )
    const foreign = readCheckpoint(signCheckpoint(key, { ...first, school: demo.westacre.id.replace(/.$/, '9') }))
    assert.ok(foreign)
    assert.match((await verified(file, { ...handed, checkpoints: [foreign] })).join('\n'), /of another school, which is not here/)
    assert.match(
      (await verified(file, { ...handed, digests: ['0000-0000-0000-0000'] })).join('\n'),
      /no checkpoint kept here has the digest 0000/,
    )
    const swapped = await forged(lines =>
      lines.map(line =>
        line.replaceAll(school.id, 'x').replaceAll(demo.westacre.id, school.id).replaceAll('"x"', `"${demo.westacre.id}"`),
      ),
    )
    assert.match((await verified(swapped)).join('\n'), /entry 1 was changed, or the chain is that of another school/)
    const gone = await forged(lines => lines.filter(line => !line.includes('"checkpoint":"2026-11-18"')))
    assert.match((await verified(gone)).join('\n'), /2026-11-18 that was handed in is not kept here/)
    assert.match(
      (await verified(gone, nothingHanded)).join('\n'),
      /the checkpoint of 2026-11-19 does not follow the one before it/,
    )

    // Whoever owns the database writes the main chain anew, hash for hash.
    await app.people.query(
      `do $$ declare e record; h bytea := sha256(convert_to('holdfast main ${school.id}', 'UTF8')); begin
        set local session_replication_role = replica;
        for e in select n, replace(body, '"done"', '"refused"') as body from audit_entry where school_id = '${school.id}' and chain = 'main' order by n loop
          h := sha256(h || int8send(e.n) || convert_to(e.body, 'UTF8'));
          update audit_entry set body = e.body, hash = h, outcome = e.body::jsonb ->> 'outcome' where school_id = '${school.id}' and chain = 'main' and n = e.n;
        end loop;
        update audit_chain set hash = h where school_id = '${school.id}' and chain = 'main';
      end $$`,
      [],
    )
    const says: (string | undefined)[] = []
    assert.equal(await verifyDatabase(app.database.admin, report => says.push(report.fault?.says), { handed }), false)
    assert.match(says.join('\n'), /is not what the checkpoint of 2026-11-18 covers: the chain was computed anew, or is another’s/)
  })
})
