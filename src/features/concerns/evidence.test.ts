import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import {
  aPdf,
  attachScan,
  leastOf,
  type PaperFile,
  policiesByKey,
  recordByForm,
  type SchoolWithForm,
  schoolWithForm,
} from '../../../test/support/concern-form.ts'
import { newId } from '../../platform/identifiers.ts'
import { triageRoutes } from '../triage/index.ts'
import { concernRoutes } from './routes.ts'
import { scanWaiting } from './scanning.ts'

let holdfast: TestApp
let school: SchoolWithForm
let id: string

const pdf = aPdf()

before(async () => {
  holdfast = await startTestApp({ routes: [...concernRoutes, ...triageRoutes], policies: policiesByKey })
  school = await schoolWithForm(holdfast, 'westacre')
  const behalf = {
    behalf: 'yes',
    'behalf-name': 'Sue Carr',
    'behalf-reason': 'paper-form',
    'behalf-day': '17',
    'behalf-month': '11',
    'behalf-year': '2026',
    'behalf-time': '14:30',
  }
  id = (await recordByForm(school.page, { ...leastOf(school), ...behalf })).id
})

after(() => holdfast.close())

const upload = (page: Agent, file: PaperFile, kind = 'paper-form', more: Readonly<Record<string, string>> = {}, of = id) =>
  attachScan(holdfast, page, of, file, { kind, ...more })

const kept = () =>
  holdfast.people.query<{ id: string; sealed: Buffer; media_type: string; excluded: string[] }>(
    'select id, sealed, media_type, excluded from attachment where concern_id = $1',
    [id],
  )

test('The scan of a paper form is kept sealed with its concern and comes back as a download, for its writer and the team', async () => {
  const sent = await upload(school.page, { name: '../../robin ashdown.pdf', type: 'image/png', content: pdf })
  assert.deepEqual([sent.status, sent.location], [303, `/concerns/${id}/evidence`])
  const [scan] = await kept()
  assert.ok(scan)
  assert.equal(scan.media_type, 'application/pdf')
  assert.ok(!scan.sealed.includes('%PDF'))
  await scanWaiting(holdfast.tools, async () => ({ kind: 'clean' }), school.school.id, holdfast.clock.now())
  const opened = await school.page.get(`/concerns/${id}/evidence/${scan.id}`)
  assert.equal(opened.raw.headers['content-type'], 'application/pdf')
  assert.equal(opened.raw.headers['x-content-type-options'], 'nosniff')
  assert.match(String(opened.raw.headers['content-disposition']), /^attachment; filename="paper-form-[\w]+\.pdf"$/)
  assert.deepEqual(opened.raw.rawPayload, pdf)
  const team = await holdfast.agentFor(school.dsl.id)
  assert.equal((await team.get(`/concerns/${id}/evidence/${scan.id}/team`)).status, 200)
  const colleague = await holdfast.agentFor((await holdfast.people.addAdult(school.school)).id)
  assert.equal((await colleague.get(`/concerns/${id}/evidence/${scan.id}`)).status, 404)
  assert.equal((await colleague.get(`/concerns/${id}/evidence/${scan.id}/team`)).status, 404)
})

test('Whatever is no scan is refused with a sentence and not kept, whatever it calls itself', async () => {
  const before = (await kept()).length
  const refused = async (content: Buffer, name = 'scan.pdf') => {
    const sent = await upload(school.page, { name, type: 'application/pdf', content })
    assert.equal(sent.status, 422)
    return sent.html
  }
  assert.match(await refused(Buffer.from('<html><script>alert(1)</script></html>')), /The file must be a PDF, PNG or JPEG\./)
  assert.match(
    await refused(Buffer.from('GIF89a\u0001\u0000\u0001\u0000\u0000\u0000\u0000;')),
    /The file must be a PDF, PNG or JPEG\./,
  )
  assert.match(await refused(Buffer.alloc(0)), /Choose the scan of the paper\./)
  assert.match(await refused(Buffer.concat([pdf, Buffer.alloc(10 * 1024 * 1024)])), /must be smaller than 10 MB/)
  assert.equal((await kept()).length, before)
})

test('A scan that is another file as well, runs something, unfolds without measure or is cut off is refused, and one with padding is taken', async () => {
  const png = (width: number, behind = '') =>
    Buffer.concat([
      Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      Buffer.from([width >> 24, (width >> 16) & 255, (width >> 8) & 255, width & 255, 0, 0, 255, 255, 8, 0, 0, 0, 0]),
      Buffer.from('000000000000000a49444154789c63000100000500010d0a2db4', 'hex'),
      Buffer.from('0000000049454e44ae426082', 'hex'),
      Buffer.from(behind),
    ])
  const jpeg = (height: number, behind = '') =>
    Buffer.concat([
      Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0000b08', 'hex'),
      Buffer.from([height >> 8, height & 255, 0xff, 0xff, 1, 1, 0x11, 0, 0xff, 0xd9]),
      Buffer.from(behind),
    ])
  const before = (await kept()).length
  const active = (key: string) => Buffer.from(`%PDF-1.7\n1 0 obj<</Type/Catalog/${key} 2 0 R>>endobj\n%%EOF\n`)
  for (const content of [
    Buffer.concat([pdf, Buffer.from('PK\u0003\u0004archive')]),
    Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\n'),
    active('JavaScript'),
    active('Launch'),
    active('EmbeddedFiles'),
    png(100, '<html>'),
    png(2_000_000_000),
    png(100).subarray(0, 50),
    jpeg(100, 'PK\u0003\u0004archive'),
    jpeg(60_000),
  ]) {
    const sent = await upload(school.page, { name: 'scan.pdf', type: 'application/pdf', content })
    assert.equal(sent.status, 422, content.toString('latin1').slice(0, 80))
    assert.match(sent.html, /The file holds more than a scan, or is not whole\./)
  }
  assert.equal((await kept()).length, before)
  for (const content of [png(100), jpeg(100), Buffer.concat([pdf, Buffer.from('\r\n\u0000')])])
    assert.equal((await upload(school.page, { name: 'scan', type: 'image/png', content })).status, 303)
})

test('Ten thousand files in one request are refused with a sentence, and none is kept', async () => {
  const before = (await kept()).length
  const part = `--many\r\ncontent-disposition: form-data; name="scan"; filename="s.pdf"\r\ncontent-type: application/pdf\r\n\r\n%PDF\r\n`
  const raw = await holdfast.app.inject({
    method: 'POST',
    url: `/concerns/${id}/evidence`,
    headers: {
      'content-type': 'multipart/form-data; boundary=many',
      cookie: [...school.page.cookies].map(pair => pair.join('=')).join('; '),
    },
    payload: `${part.repeat(10_000)}--many--\r\n`,
  })
  assert.equal(raw.statusCode, 413)
  assert.match(raw.payload, /<h1[^>]*>[^<]+<\/h1>/)
  assert.equal((await kept()).length, before)
})

test('A scan cannot be attached to somebody else’s concern', async () => {
  const colleague = await holdfast.agentFor(school.head.id)
  assert.equal((await upload(colleague, { name: 'scan.pdf', type: 'application/pdf', content: pdf })).status, 404)
})

test('[WP-6-12] a member of staff who attaches a document finds no kind for a statement of a pupil; a child-initiated item demands how it came about, and the team reads that beside it', async () => {
  const westPark = await schoolWithForm(holdfast, 'west-park')
  const recorded = await recordByForm(westPark.page, leastOf(westPark))
  const path = `/concerns/${recorded.id}/evidence`
  assert.match(recorded.html, new RegExp(`href="${path}"`))
  const { html } = await westPark.page.get(path)
  const kinds = [...html.matchAll(/name="kind"[^>]* value="([^"]+)"/g)].map(([, value]) => value)
  assert.deepEqual(kinds, ['paper-form', 'letter', 'child-item'])
  const labels = [...html.matchAll(/<label[^>]*for="kind[^>]*>([^<]+)</g)].map(([, says]) => says)
  assert.equal(labels.length, 3)
  assert.doesNotMatch(labels.join(), /statement|sign/i)
  assert.match(html, /Never have a child write a statement, and never have a child sign what you wrote\./)

  const drawing = { name: 'scan.pdf', type: 'application/pdf', content: pdf }
  const send = (kind: string, more: Readonly<Record<string, string>> = {}) =>
    upload(westPark.page, drawing, kind, more, recorded.id)
  for (const invented of ['statement', 'pupil-statement', 'child-statement'])
    assert.match((await send(invented)).html, /Select what it is\./)
  const bare = await send('child-item', { circumstances: '  ' })
  assert.equal(bare.status, 422)
  assert.match(bare.html, /Enter how it came about: who began it, where, and what the child said\./)
  const says = 'Robin put the drawing on my desk after art and said: this is us at night. I asked nothing.'
  assert.equal((await send('child-item', { circumstances: says })).status, 303)
  const asDsl = await holdfast.agentFor(westPark.dsl.id)
  const read = (await asDsl.get(`/concerns/${recorded.id}`)).html
  assert.match(read, /Child-initiated item: a note or a drawing that the child gave of their own accord/)
  assert.match(read, /How it came about:[\s\S]*this is us at night/)
  const written = `insert into attachment (school_id, id, concern_id, kind, media_type, size_bytes, digest, sealed, added_at)
    select school_id, $2, concern_id, $3, media_type, size_bytes, digest, sealed, added_at from attachment where concern_id = $1`
  for (const kind of ['statement', 'child-item'])
    await assert.rejects(
      holdfast.people.query(written, [recorded.id, newId<string>(), kind]),
      /attachment_(kind_check|child_item)/,
    )
})
