import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Agent, type Answer, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { leastOf, policiesByKey, recordByForm, type SchoolWithForm, schoolWithForm } from '../../../test/support/concern-form.ts'
import { newId } from '../../platform/identifiers.ts'
import { concernRoutes } from './routes.ts'

let holdfast: TestApp
let school: SchoolWithForm
let id: string

const pdf = Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

before(async () => {
  holdfast = await startTestApp({ routes: concernRoutes, policies: policiesByKey })
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

async function upload(
  page: Agent,
  file: { readonly name: string; readonly type: string; readonly content: Buffer },
  kind = 'paper-form',
): Promise<Answer> {
  const boundary = 'part-of-a-form'
  const fields = { _token: await page.formToken(), _key: newId<string>(), kind }
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="scan"; filename="${file.name}"\r\ncontent-type: ${file.type}\r\n\r\n`
  const payload = Buffer.concat([Buffer.from(parts.join('') + head), file.content, Buffer.from(`\r\n--${boundary}--\r\n`)])
  const raw = await holdfast.app.inject({
    method: 'POST',
    url: `/concerns/${id}/evidence`,
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      cookie: [...page.cookies].map(pair => pair.join('=')).join('; '),
    },
    payload,
  })
  return {
    status: raw.statusCode,
    html: raw.payload,
    location: raw.headers.location === undefined ? undefined : String(raw.headers.location),
    raw,
  }
}

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
  const opened = await school.page.get(`/concerns/${id}/evidence/${scan.id}`)
  assert.equal(opened.raw.headers['content-type'], 'application/pdf')
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
  assert.match(await refused(Buffer.alloc(0)), /Choose the scan of the form or letter\./)
  assert.match(await refused(Buffer.concat([pdf, Buffer.alloc(10 * 1024 * 1024)])), /must be smaller than 10 MB/)
  assert.equal((await kept()).length, before)
})

test('A scan cannot be attached to somebody else’s concern', async () => {
  const colleague = await holdfast.agentFor(school.head.id)
  assert.equal((await upload(colleague, { name: 'scan.pdf', type: 'application/pdf', content: pdf })).status, 404)
})
