import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { policiesByKey, schoolWithForm } from '../../../test/support/concern-form.ts'
import type { RoleId } from '../../policy/roles.ts'

let holdfast: TestApp
before(async () => {
  holdfast = await startTestApp({ policies: policiesByKey })
})
after(() => holdfast.close())

interface Named {
  readonly key: string
  /** Who holds an office of the routes besides the head and the DSL, whom every school of these tests has. */
  readonly others: readonly (readonly [RoleId, string])[]
  /** Whom the page names for anybody but the head, in order, and whom for the head. */
  readonly about: readonly string[]
  readonly aboutHead: readonly string[]
  readonly outside: readonly string[]
}

const nspcc = ['NSPCC whistleblowing advice line', '0800 028 0285']
const schools: readonly Named[] = [
  {
    key: 'mmap',
    others: [['chair-of-governors', 'Chidi Obi']],
    about: ['Hugh Petty'],
    aboutHead: ['Chidi Obi'],
    outside: ['Kent LADO service and enquiry line', '03000 410888', ...nspcc],
  },
  {
    key: 'west-park',
    others: [['chair-of-governors', 'Chidi Obi']],
    about: ['Hugh Petty', 'Dora Lind'],
    aboutHead: ['Chidi Obi'],
    outside: ['Derby designated officer (LADO)', ...nspcc],
  },
  {
    key: 'westacre',
    others: [['chair-of-governors', 'Chidi Obi']],
    about: ['Hugh Petty'],
    aboutHead: ['Chidi Obi'],
    outside: ['Wolverhampton designated officer (LADO)', '01902 5550661', 'Not confirmed', ...nspcc],
  },
  {
    key: 'westley',
    others: [
      ['deputy-headteacher', 'Sal Brook'],
      ['director-of-education', 'Edda Vane'],
    ],
    about: ['Hugh Petty', 'Sal Brook'],
    aboutHead: ['Edda Vane'],
    outside: ['Suffolk designated officer (LADO)', ...nspcc],
  },
  {
    key: 'william-macgregor',
    others: [
      ['director-of-education', 'Edda Vane'],
      ['chief-executive', 'Cole Hart'],
      ['chair-of-trustees', 'Nia Frost'],
    ],
    about: ['Hugh Petty', 'Edda Vane'],
    aboutHead: ['Edda Vane', 'Cole Hart', 'Nia Frost'],
    outside: ['Staffordshire designated officer (LADO)', '0300 111 8007', ...nspcc],
  },
]

/** The part of the page under a heading, without its tags. */
function under(html: string, heading: string): string {
  const from = html.indexOf(heading)
  assert.ok(from > 0, heading)
  const rest = html.slice(from + heading.length)
  const end = rest.search(/<h2|<\/main>/)
  return rest.slice(0, end).replaceAll(/<[^>]*>/g, ' ')
}

function assertInOrder(text: string, names: readonly string[]): void {
  const places = names.map(name => text.indexOf(name))
  assert.ok(
    places.every(place => place >= 0),
    `${names.join(', ')} in: ${text}`,
  )
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  )
}

/** What every table of the database holds, row by row. */
async function everything(): Promise<Map<string, string[]>> {
  const tables = await holdfast.people.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')`,
  )
  const all = new Map<string, string[]>()
  for (const { name } of tables) {
    const rows = await holdfast.people.query<{ row: string }>(`select t::text as row from ${name} t order by 1`)
    all.set(
      name,
      rows.map(({ row }) => row),
    )
  }
  return all
}

for (const { key, heading, named, rung } of [
  {
    key: 'west-park',
    heading: 'About a relative of the headteacher, or where telling the headteacher would be a conflict of interest',
    named: [],
    rung: 'Derby designated officer (LADO)',
  },
  { key: 'westley', heading: 'About a relative of the headteacher', named: ['Edda Vane'], rung: '' },
])
  test(`Whoever is worried about a relative of the head at ${key} is sent where its policy sends them, and not to the next below the head`, async () => {
    const people = await schoolWithForm(holdfast, key)
    await holdfast.people.addAdult(people.school, { name: 'Edda Vane', roles: ['director-of-education'] })
    const { html } = await people.page.get('/worried-about-an-adult')
    const part = under(html, heading)
    assertInOrder(part, named)
    assert.ok(part.includes(rung), part)
    for (const name of ['Hugh Petty', 'Dora Lind', 'Demi Okafor']) assert.ok(!part.includes(name), name)
    assert.doesNotMatch(html, /somebody close to them/)
  })

for (const { key, others, about, aboutHead, outside } of schools) {
  test(`Whoever is worried about an adult at ${key} is shown whom its policy names and the lines outside, and leaves nothing written`, async () => {
    const people = await schoolWithForm(holdfast, key)
    for (const [role, name] of others) await holdfast.people.addAdult(people.school, { name, roles: [role] })
    const visitors = `/report/${people.school.visitorToken}`
    const before = await everything()

    const { html, status } = await people.page.get('/worried-about-an-adult')
    assert.equal(status, 200)
    const everybody = ['Tessa Marsh', 'Hugh Petty', 'Dora Lind', 'Demi Okafor', ...others.map(([, name]) => name)]
    const staff = under(html, 'About anybody except the headteacher')
    assertInOrder(staff, about)
    const head = under(html, '>About the headteacher')
    assertInOrder(head, aboutHead)
    for (const name of everybody) {
      if (!about.includes(name)) assert.ok(!staff.includes(name), `${name} is not named for staff`)
      if (!aboutHead.includes(name)) assert.ok(!head.includes(name), `${name} is not named for the head`)
    }
    const lines = under(html, '>Outside the school')
    for (const line of outside) assert.ok(lines.includes(line), `${line} in: ${lines}`)
    assert.doesNotMatch(html.slice(html.indexOf('<main')), /<form|<textarea|<input/)
    for (const part of [staff, head]) assert.doesNotMatch(part, /Nobody holds this office now/)

    const asVisitor = await holdfast.stranger().get(`${visitors}/about-an-adult`)
    assert.equal(asVisitor.status, 200)
    const linesForVisitors = under(asVisitor.html, '>Outside the school')
    for (const line of outside) assert.ok(linesForVisitors.includes(line), line)
    for (const name of everybody) assert.ok(!asVisitor.html.includes(name), `a visitor is not shown ${name}`)

    // Left as the page is left: by the way back, by another page.
    await holdfast.stranger().get(visitors)
    await people.page.get('/')

    const after = await everything()
    const changed = [...after].filter(([name, rows]) => rows.join('\n') !== before.get(name)?.join('\n')).map(([name]) => name)
    // The trail has its line of every page; it says that the page was opened, and nothing of whom the worry is about.
    assert.deepEqual(changed.toSorted(), ['public.audit_chain', 'public.audit_entry'])
    const trail = await holdfast.people.query<{ subject_id: string | null; subject_kind: string | null }>(
      `select subject_id, subject_kind from audit_entry where school_id = $1 and action = 'conduct-advice.opened'`,
      [people.school.id],
    )
    assert.deepEqual(trail, [
      { subject_id: null, subject_kind: null },
      { subject_id: null, subject_kind: null },
    ])
  })
}

test('Whoever holds two offices of a route is named once in it, with both', async () => {
  const people = await schoolWithForm(holdfast, 'west-park')
  await holdfast.people.addAdult(people.school, { name: 'Sal Brook', roles: ['deputy-headteacher', 'senior-leader'] })
  await holdfast.people.addAdult(people.school, { name: 'Ines Roth', roles: ['senior-leader', 'chair-of-governors'] })
  const { html } = await people.page.get('/worried-about-an-adult')
  const practice = under(html, '(whistleblowing)')
  assertInOrder(practice, ['Hugh Petty', 'Sal Brook', 'Ines Roth'])
  for (const name of ['Hugh Petty', 'Sal Brook', 'Ines Roth'])
    assert.equal(practice.split(name).length, 2, `${name} stands once in: ${practice}`)
  const words = practice.replaceAll(/\s+/g, ' ')
  assert.match(words, /Sal Brook .*Deputy Head, Member of the senior leadership team\./)
  assert.match(words, /Ines Roth .*Member of the senior leadership team, Chair/)
  assert.match(words, /They are named above already\./)
})

test('[WM-9.7-01] a teacher who opens the page on whistleblowing sees the trust’s route and the NSPCC line, and it is counted without who it was', async () => {
  const people = await schoolWithForm(holdfast, 'william-macgregor')
  await holdfast.people.addAdult(people.school, { name: 'Edda Vane', roles: ['director-of-education'] })
  const { html } = await people.page.get('/worried-about-an-adult')
  const practice = under(html, '(whistleblowing)')
  assertInOrder(practice, ['raised with the trust', 'Edda Vane'])
  assert.ok(!practice.includes('Hugh Petty'), 'the head has no part in it')
  assertInOrder(under(html, '>Outside the school'), nspcc)
  const opened = await holdfast.people.query<{ actor_id: string | null; body: string }>(
    `select actor_id, body from audit_entry where school_id = $1 and action = 'conduct-advice.opened'`,
    [people.school.id],
  )
  assert.equal(opened.length, 1, 'that it was opened is counted')
  assert.equal(opened[0]?.actor_id, null)
  const body = opened[0]?.body ?? ''
  assert.ok(!body.includes(people.teacher.id) && !body.includes('"teacher"'), body)
})
