import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { leastOf, policiesByKey, recordByForm, type SchoolWithForm, schoolWithForm } from '../../../test/support/concern-form.ts'
import { type OnBehalfReason, onBehalfReasons } from './model.ts'

let holdfast: TestApp
let school: SchoolWithForm

before(async () => {
  holdfast = await startTestApp({ policies: policiesByKey })
  school = await schoolWithForm(holdfast, 'westacre')
})
after(() => holdfast.close())

/** What the DSL reads of how it came; a reason without a line here does not compile. */
const read: Readonly<Record<OnBehalfReason, { readonly from: string; readonly how: string }>> = {
  'agency-call': { from: 'Olu Banks, duty social worker', how: 'a telephone call from an agency' },
  'agency-mail': { from: 'Pia Strand, health visitor', how: 'an e-mail from an agency' },
  'agency-letter': { from: 'Dr Ines Cole, paediatrics', how: 'a letter from an agency' },
  parent: { from: 'Jo Birchall, mother of Kim', how: 'told by a parent or carer' },
  spoken: { from: 'Sid Moss, caretaker', how: 'told by voice' },
  'colleague-mail': { from: 'Fay Dunne, teacher', how: 'copied from a colleague’s mail' },
  'no-account': { from: 'Sue Carr, supply teacher', how: 'told by somebody without an account' },
  'paper-form': { from: 'Ann Reed, midday supervisor', how: 'copied from a paper form' },
}

const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

for (const reason of onBehalfReasons) {
  const { from, how } = read[reason]
  test(`What is taken down for somebody (${reason}) stands before the DSL with both names and both times`, async () => {
    const { id } = await recordByForm(school.page, {
      ...leastOf(school),
      behalf: 'yes',
      'behalf-name': from,
      'behalf-reason': reason,
      'behalf-day': '17',
      'behalf-month': '11',
      'behalf-year': '2026',
      'behalf-time': '2:30pm',
    })
    const asDsl = await holdfast.agentFor(school.dsl.id)
    const { html, status } = await asDsl.get(`/concerns/${id}`)
    assert.equal(status, 200)
    const shown = textOf(html)
    assert.ok(shown.includes(`${from} (${how}; entered by ${school.teacher.name})`), shown)
    assert.match(html, /Recorded<\/dt>\s*<dd[^>]*>\s*<time dateTime="2026-11-18T10:00:00.000Z">today at 10:00<\/time>/i)
    assert.match(
      html,
      /First (written|told)<\/dt>\s*<dd[^>]*>\s*<time dateTime="2026-11-17T14:30:00.000Z">yesterday at 14:30<\/time>/i,
    )
  })
}
