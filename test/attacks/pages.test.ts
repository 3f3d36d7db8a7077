import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { bystanders, named, school, startWorlds, tellTales, tied, type Worlds } from './two-worlds.ts'

const { zofia, ellie } = school.pupils
const { head, deputyTwo } = school.adults

/** Where a concern shows to whoever may know of it: lists, counts, charts, searches, papers. */
const ofTheTeam = [
  ...[
    '/',
    '/alerts',
    '/today',
    '/clocks',
    '/clocks?overdue=yes',
    '/actions',
    '/without-file',
    '/not-referred',
    '/referral-times',
  ],
  ...[
    '/second-looks',
    '/late-records',
    '/signs',
    '/trends',
    '/early-help',
    '/break-glass',
    '/trusted-adults',
    '/attendance/today',
  ],
  ...[
    '/cover',
    '/mailbox',
    '/help/checks',
    '/rehearsals',
    '/policy/changes',
    '/children',
    '/children?q=heronia',
    '/children/find?q=zof',
  ],
  ...['', '/print', '/details', '/plans', '/attendance', '/indicators', '/shares', '/siblings/new?q=zof'].map(
    path => `/children/${ellie.childId}${path}`,
  ),
]
const ofTheChild = ['', '/print?words=1', '/details', '/plans', '/indicators', '/shares', '/break-glass', '/notes/new'].map(
  path => `/children/${zofia.childId}${path}`,
)
const ofPeople = [
  ...['/people', '/people?q=far', '/people/new'],
  ...[head, deputyTwo].flatMap(({ adultId }) => [`/people/${adultId}`, `/people/${adultId}/ties/new?q=zof`]),
]
const ofAnybody = [
  '/',
  '/alerts',
  '/actions',
  '/my-concerns',
  '/shared',
  '/break-glass',
  '/cover',
  '/clocks',
  '/children/find?q=her',
  '/audit',
]
const everything = [...new Set([...ofTheTeam, ...ofTheChild, ...ofPeople, ...ofAnybody])]

async function findsNothing(worlds: Worlds, people: typeof named | typeof tied | typeof bystanders, paths: readonly string[]) {
  for (const [name, adult] of Object.entries(people)) {
    const tales = await tellTales(worlds, adult, paths)
    assert.deepEqual(
      [...tales].map(([path, says]) => `${path}: ${says}`),
      [],
      name,
    )
  }
}

suite('In a school where three concerns name the head and a deputy', () => {
  let worlds: Worlds
  before(async () => {
    worlds = await startWorlds('of-adults')
  })
  after(() => worlds.close())

  test('the DSL, who is outside nothing, finds them on every page that could give them away: the attack sees where there is something to see', async () => {
    const tales = await tellTales(worlds, school.adults.dsl, everything)
    const shown = ['/', '/alerts', '/today', '/clocks', '/clocks?overdue=yes', '/actions', '/signs', '/trends', '/break-glass']
    for (const path of [...shown, ...ofTheChild.slice(0, 2)]) assert.ok(tales.has(path), path)
  })

  test('the head and the deputy whom they name learn nothing of them, nor does the personnel officer who is married to the head: each page is to its last letter as it was', async () => {
    await findsNothing(worlds, named, everything)
  })
})

suite('In a school where much is written of one child', () => {
  let worlds: Worlds
  before(async () => {
    worlds = await startWorlds('of-child')
  })
  after(() => worlds.close())

  test('a deputy, an attendance officer and a receptionist who are her family learn nothing: no page, count, search, chart or paper differs', async () => {
    await findsNothing(worlds, tied, [...ofTheTeam, ...ofTheChild])
  })

  test('colleagues, governors and the leads of another school of the trust learn nothing', async () => {
    await findsNothing(worlds, bystanders, [...ofAnybody, ...ofTheChild.slice(0, 1)])
  })
})
