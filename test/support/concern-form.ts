import assert from 'node:assert/strict'
import type { ChildId } from '../../src/kernel/ids.ts'
import { newId } from '../../src/platform/identifiers.ts'
import type { PolicyBook } from '../../src/work/work.ts'
import { type Agent, type Answer, type Fields, hiddenFields, type TestApp } from './app.ts'
import { testPolicies } from './demonstration.ts'
import type { TestAdult, TestSchool } from './people.ts'

/** A school of the five with its people and two children, and a teacher who is signed in. */
export interface SchoolWithForm {
  readonly school: TestSchool
  readonly teacher: TestAdult
  readonly dsl: TestAdult
  readonly deputy: TestAdult
  readonly head: TestAdult
  readonly robin: ChildId
  readonly kim: ChildId
  readonly page: Agent
}

let counted = 0

const policyKey = (key: string) => key.replace(/-\d+$/, '')

/** The five schools' policies, for any number of schools that follow the same one. */
export const policiesByKey: PolicyBook = {
  profile: (key, on) => testPolicies().profile(policyKey(key), on),
  decide: (key, decisions) => testPolicies().decide(policyKey(key), decisions),
}

/** Peoples one of the five schools as the form needs it. */
export async function schoolWithForm(holdfast: TestApp, key: string): Promise<SchoolWithForm> {
  const { people } = holdfast
  counted += 1
  const school = await people.addSchool({ key: `${key}-${counted}`, name: `The school ${key}` })
  const teacher = await people.addAdult(school, { name: 'Tessa Marsh' })
  const dsl = await people.addAdult(school, { name: 'Dora Lind', roles: ['dsl'] })
  const deputy = await people.addAdult(school, { name: 'Demi Okafor', roles: ['deputy-dsl'] })
  const head = await people.addAdult(school, { name: 'Hugh Petty', roles: ['headteacher'] })
  const robin = await people.addChild(school, { given: 'Robin', family: 'Ashdown' })
  const kim = await people.addChild(school, { given: 'Kim', family: 'Birchall' })
  return { school, teacher, dsl, deputy, head, robin, kim, page: await holdfast.agentFor(teacher.id) }
}

/** The day on which the tests' clock stands. */
export const today = '2026-11-18'

/** The least that this school takes, about one child. */
export function leastOf({ robin, school }: SchoolWithForm): Record<string, string | readonly string[]> {
  return {
    child: robin,
    prompt: 'appearance',
    ...(school.key.startsWith('west-park') ? { category: 'neglect' } : {}),
    seen: 'Robin Ashdown came to school in wet shoes for the third day.',
    opinion: 'I worry because it is November.',
    happened: today,
    location: 'Cloakroom',
  }
}

/** Opens a fresh form: its address and the fields that it hides. */
export async function openForm(page: Agent): Promise<{ readonly path: string; readonly hidden: Fields }> {
  const opened = await page.get('/concerns/new')
  assert.equal(opened.status, 200)
  const path = /action="(\/concerns\/drafts\/[^"]+)"/.exec(opened.html)?.[1] ?? ''
  return { path, hidden: hiddenFields(opened.html, path) }
}

/** Sends a form to be checked and gives the answer, whatever it is. */
export async function sendToCheck(page: Agent, fields: Fields): Promise<Answer & { readonly path: string }> {
  const { path, hidden } = await openForm(page)
  return { ...(await page.post(path, { ...hidden, ...fields, _do: 'check' })), path }
}

/** Goes the whole way: form, check, send. Gives the page that says who has it, and the concern's id. */
export async function recordByForm(page: Agent, fields: Fields): Promise<Answer & { readonly id: string }> {
  const { path, status, html } = await sendToCheck(page, fields)
  assert.equal(status, 303, errorsOf(html).join('\n'))
  const check = await page.get(`${path}/check`)
  const sent = await page.post(`${path}/submit`, hiddenFields(check.html, `${path}/submit`))
  assert.equal(sent.status, 303, sent.html)
  const id = /^\/concerns\/(.*)\/recorded$/.exec(sent.location ?? '')?.[1] ?? ''
  return { ...(await page.get(sent.location ?? '')), id }
}

/** The error summary's list: where each leads, and its sentence. */
export function errorsOf(html: string): readonly string[] {
  const list = /govuk-error-summary__list">([\s\S]*?)<\/ul>/.exec(html)?.[1] ?? ''
  return [...list.matchAll(/href="#([^"]*)"[^>]*>([^<]*)</g)].map(([, field, says]) => `${field}: ${says}`)
}

export interface PaperFile {
  readonly name: string
  readonly type: string
  readonly content: Buffer
}

/** A scan of paper as a PDF, with something of one's own in it. */
export function aPdf(holding = ''): Buffer {
  return Buffer.from(`%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n${holding}\ntrailer<</Root 1 0 R>>\n%%EOF\n`)
}

/** Attaches a scan to a concern by the page's form, as a browser sends it. */
export async function attachScan(
  { app }: TestApp,
  page: Agent,
  concernId: string,
  file: PaperFile,
  fields: Readonly<Record<string, string>> = { kind: 'paper-form' },
): Promise<Answer> {
  const boundary = 'part-of-a-form'
  const all = { _token: await page.formToken(), _key: newId<string>(), ...fields }
  const parts = Object.entries(all).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="scan"; filename="${file.name}"\r\ncontent-type: ${file.type}\r\n\r\n`
  const payload = Buffer.concat([Buffer.from(parts.join('') + head), file.content, Buffer.from(`\r\n--${boundary}--\r\n`)])
  const raw = await app.inject({
    method: 'POST',
    url: `/concerns/${concernId}/evidence`,
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      cookie: [...page.cookies].map(pair => pair.join('=')).join('; '),
    },
    payload,
  })
  const location = raw.headers.location === undefined ? undefined : String(raw.headers.location)
  return { status: raw.statusCode, html: raw.payload, location, raw }
}
