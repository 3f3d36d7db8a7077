import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ConcernId } from '../../kernel/ids.ts'
import { anotherChild, leavingOut, onScreen, type WordsToShow, withoutNames, wordsFor } from './sharing.ts'

const jamie = ['Jamie', 'Thornton', 'Jay']

test('another child’s name is left out whole, in any case and with its ending, and nothing else is', () => {
  const names = ['Hugo', 'Pryor', "O'Sullivan"]
  assert.equal(
    withoutNames('Hugo Pryor pushed me, hugo’s friend laughed. HUGO!', names, jamie),
    `${anotherChild} pushed me, ${anotherChild}’s friend laughed. ${anotherChild}!`,
  )
  assert.equal(withoutNames("Neve O'Sullivan saw it", names, jamie), `Neve ${anotherChild} saw it`)
  assert.equal(withoutNames('Hugona is a town', names, jamie), 'Hugona is a town')
})

test('in a heading the others of a concern are left out as their names are written, and its own words stay', () => {
  const others = [['Hugo', 'The Boy', null]] as const
  const [screen, paper] = [onScreen(jamie), leavingOut([{ names: ['Hugo', 'The Boy'], stands: '[child 2]' }], jamie)]
  assert.equal(screen('Hugo hit the boy', others, 'as-written'), `${anotherChild} hit the boy`)
  assert.equal(paper('Hugo hit the boy', others, 'as-written'), '[child 2] hit the boy')
})

test('a name is left out with whatever apostrophe, hyphen or break in it a telephone or a line makes', () => {
  const names = ["D'Arcy", 'Lee-Ann', 'Mary Rose']
  assert.equal(
    withoutNames('D’Arcy ran. d‘arcy and Lee‑Ann saw it; Mary\nRose and Mary\u00a0 Rose did not.', names, jamie),
    `${anotherChild} ran. ${anotherChild} and ${anotherChild} saw it; ${anotherChild} and ${anotherChild} did not.`,
  )
  assert.equal(withoutNames('Jo O’Neill', ['Jo', "O'Neill"], ['Sam', 'O’Neill']), `${anotherChild} O’Neill`)
})

test('a brother’s family name stays, because it is this child’s own', () => {
  assert.equal(
    withoutNames('Sky Thornton and Jamie Thornton', ['Sky', 'Thornton'], jamie),
    `${anotherChild} Thornton and Jamie Thornton`,
  )
})

test('whatever a child is called, the name is not in what is shown', () => {
  const letters = fc
    .string({ unit: fc.constantFrom(...'abcdefgéöñ.*+()[]-'), minLength: 2, maxLength: 8 })
    .filter(name => /^\p{L}.*\p{L}$/u.test(name))
  fc.assert(
    fc.property(letters, fc.constantFrom(' ', '. ', ', ', '’s '), (name, after) => {
      const shown = withoutNames(`Then ${name}${after}came`, [name], jamie)
      assert.equal(shown, `Then ${anotherChild}${after}came`)
    }),
  )
})

const shared: WordsToShow = {
  concernId: 'c' as ConcernId,
  involvement: 'subject',
  concern: {
    reference: 'AAAA-BBBB',
    state: 'new',
    urgent: false,
    location: null,
    undated: false,
    reportedBy: null,
    onBehalfReason: null,
    firstWrittenAt: null,
    movedAway: false,
    isShared: true,
    otherSubjects: false,
    otherNames: [['Hugo', 'Pryor', null]],
  },
  passages: [
    { label: 'child-words', says: 'Hugo hit me' },
    { label: 'seen', says: 'A red mark' },
    { label: 'done', says: ' ' },
  ],
}

function withConcern(concern: Partial<NonNullable<WordsToShow['concern']>>, more: Partial<WordsToShow> = {}): WordsToShow {
  return { ...shared, concern: shared.concern && { ...shared.concern, ...concern }, ...more }
}

test('the words of a concern about one child are in that child’s file, with the others’ names left out', () => {
  assert.deepEqual(wordsFor(shared, onScreen(jamie)), {
    kind: 'names-left-out',
    passages: [
      { label: 'child-words', says: `${anotherChild} hit me` },
      { label: 'seen', says: 'A red mark' },
    ],
  })
})

test('where two children are the subject, nobody reads in one’s file what the other may have said', () => {
  assert.deepEqual(wordsFor(withConcern({ otherSubjects: true }), onScreen(jamie)), {
    kind: 'child-words-kept-apart',
    passages: [{ label: 'seen', says: 'A red mark' }],
  })
})

test('the file of a witness, or of the child said to have harmed, holds none of the other child’s words', () => {
  for (const involvement of ['alleged', 'witness', 'sibling', 'other'] as const)
    assert.deepEqual(wordsFor({ ...shared, involvement }, onScreen(jamie)), { kind: 'kept-apart' })
})

test('a file on which a concern was put by mistake holds none of its words', () => {
  assert.deepEqual(wordsFor(withConcern({ movedAway: true, isShared: false }), onScreen(jamie)), { kind: 'kept-apart' })
  assert.deepEqual(wordsFor({ ...shared, concern: null }, onScreen(jamie)), { kind: 'kept-apart' })
})

test('a note written for this file is whole, as are the words of a concern that nobody shares', () => {
  assert.equal(wordsFor({ ...shared, concernId: null, concern: null }, onScreen(jamie)).kind, 'whole')
  assert.equal(wordsFor(withConcern({ isShared: false, otherNames: [] }), onScreen(jamie)).kind, 'whole')
})
