import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type CoachedBox, type CoachRule, coach } from './rules.ts'

const empty = { childWords: '', seen: '', opinion: '', done: '' }

function rulesOn(box: CoachedBox, text: string): CoachRule[] {
  return coach({ ...empty, [box]: text }).map(advice => advice.rule)
}

/** Sentences as colleagues write them, with what an experienced safeguarding lead would point at. */
const pointed: readonly (readonly [CoachedBox, string, readonly CoachRule[]])[] = [
  ['seen', 'K.L. came in at 8.50 with a cut on the left hand.', ['initials']],
  ['seen', 'JT was crying in the cloakroom at 10.15.', ['initials']],
  ['seen', 'Mr B was standing at the gate with Jamie Thornton.', ['initials']],
  ['seen', 'T said nothing and looked at the floor.', ['initials']],
  ['done', 'I told Mrs K at 11.20.', ['initials']],
  ['done', 'I passed this to SLT at 2pm.', ['abbreviation']],
  ['seen', 'Grace Afriyie was with the TA in the library at 1pm.', ['abbreviation']],
  ['opinion', 'He has been on CP before, and this worries me.', ['abbreviation']],
  ['seen', 'Emily Clarke was pushed by another child near the shed.', ['unnamed-person']],
  ['seen', 'A member of staff took Jamie Thornton to the office.', ['unnamed-person']],
  ['done', 'I asked a year 6 girl to fetch the first aider.', ['unnamed-person']],
  ['seen', 'She was sitting alone under the table for all of lunch.', ['begins-with-pronoun']],
  ['done', 'He was taken to the medical room by Gail Summers.', ['begins-with-pronoun']],
  ['seen', 'Hugo Pryor seemed very upset after the call.', ['opinion-among-facts']],
  ['seen', 'I think Hugo Pryor had not eaten.', ['opinion-among-facts']],
  ['seen', 'The bruise was obviously from a belt.', ['opinion-among-facts']],
  ['seen', 'Toby Hendry was attention seeking in assembly.', ['opinion-among-facts']],
  ['seen', 'Andrei Munteanu must have been hit at home.', ['opinion-among-facts']],
  ['childWords', 'I asked “Did your dad hit you?” and he nodded.', ['leading-question']],
  ['done', 'I said: has anyone touched you there?', ['leading-question']],
  ['childWords', '“It was your mum, wasn’t it?” He said “yes”.', ['leading-question']],
  ['done', 'I asked her if her brother had hit her.', ['leading-question']],
  ['done', 'I promised I would not tell anyone else.', ['promise-of-secrecy']],
  ['done', 'I told her that it would stay our secret.', ['promise-of-secrecy']],
  ['done', "I said I wouldn't tell her mum.", ['promise-of-secrecy']],
  ['childWords', 'She said that her uncle shouts at night.', ['not-their-own-words']],
  ['childWords', 'Jamie disclosed that there was no food in the house.', ['not-their-own-words']],
  ['seen', 'Skye Garrod has recently come to school without a coat.', ['vague-time']],
  ['seen', 'Skye Garrod and her father were shouting at each other the other day.', ['vague-time']],
  ['seen', 'Ottilie Frost often falls asleep in maths.', ['vague-time']],
]

/** Sentences that are good as they are. */
const good: readonly (readonly [CoachedBox, string])[] = [
  ['seen', 'At 8.50 on Tuesday 17 November Jamie Thornton came into class 5B with a graze on his left knee, about 3 cm long.'],
  ['seen', 'Jamie Thornton (7M) was crying in the Year 7 cloakroom at 10.15am. Mrs Frost, the DSL, came at 10.20am.'],
  ['seen', 'In PE at 2pm I saw three round marks on the back of the right thigh of Emily Clarke (6L).'],
  ['seen', 'The marks were clearly visible from the doorway.'],
  ['seen', 'Toby Hendry was lying on the carpet with his coat over his head.'],
  ['seen', 'Class 6 B was in the hall. Group C left first.'],
  ['seen', 'He and his sister Skye Garrod stood at the gate until 4.10pm.'],
  ['seen', 'Donna Thornton appeared at the office at 3.30pm.'],
  ['seen', 'Donna Thornton said: “I think he is lying. He is always typical like that.”'],
  ['seen', 'Skye Garrod told me: "They had a fight the other day, a girl saw it".'],
  ['seen', 'THE CHILD WAS CRYING AND HAD NO COAT ON AT ALL'],
  ['seen', 'Another child, Hugo Pryor (8S), saw it.'],
  ['seen', 'A boy called Hugo Pryor picked up the bag.'],
  ['seen', 'There was a T-shirt and an X-ray picture on the table, and the TV was on at 9 a.m. in the IT room.'],
  ['childWords', '“Daddy threw the plate and it hit mummy.”'],
  ['childWords', 'I hid in the wardrobe because dad was shouting'],
  ['childWords', "Emily said 'my mum locked me in my room'. I asked 'What happened next?'"],
  ['childWords', 'Emily said: "Is he going to hit me when you tell?"'],
  ['childWords', 'Jamie said nothing.'],
  ['childWords', 'none'],
  ['childWords', "I asked “Tell me what happened.” She said “I can't. I promised not to tell, it is our secret.”"],
  ['childWords', 'I asked “How did you hurt your arm?”'],
  ['done', 'I asked Emily Clarke how she had hurt her arm, and told Geraldine Frost at 10.40am.'],
  ['done', 'I told Jamie Thornton that I could not keep it a secret and would have to tell Mrs Frost.'],
  ['done', 'I said that I cannot promise not to tell, because my job is to keep him safe.'],
  ['done', 'I said I would tell Mrs Frost so that she can help.'],
  ['done', 'Rang 999 at 10.32am. Spoke to Mrs Frost at 10.35am; she came to the room.'],
  ['done', 'I asked Emily Clarke if she was hurt and took her to the medical room.'],
  ['done', 'Nothing yet.'],
  [
    'opinion',
    'I think he may be hungry, because he asked for food three times. He has often seemed tired lately and I am worried.',
  ],
  ['opinion', 'As a teacher I have not seen this before. She is probably frightened of going home.'],
  ['opinion', ''],
  ['seen', 'الطفل كان يبكي 😢 في الفصل'],
]

describe('the record coach', () => {
  for (const [box, text, rules] of pointed) {
    test(`points at ${rules.join(', ')} in “${text}”`, () => assert.deepEqual(rulesOn(box, text), rules))
  }

  for (const [box, text] of good) {
    test(`leaves a good sentence alone: “${text}”`, () => assert.deepEqual(coach({ ...empty, [box]: text }), []))
  }

  test('shows the words that it means, where they stand', () => {
    const seen = 'Jamie Thornton came in late. JT was crying.'
    const [advice] = coach({ ...empty, seen })
    assert.equal(advice?.excerpt, 'JT')
    assert.equal(seen.slice(advice?.offset).startsWith('JT was'), true)
  })

  test('says a thing once in a box, however often it is there', () => {
    assert.deepEqual(rulesOn('seen', 'JT was crying. KL was crying. MN was crying.'), ['initials'])
  })

  test('reads a megabyte of anything in less than a second', () => {
    for (const piece of ['a ', 'I told ', '"', "'x", 'K.', 'did you ', 'she said ', '\n', '😢', 'Did he hit ']) {
      const before = process.hrtime.bigint()
      const text = piece.repeat(1_000_000 / piece.length)
      coach({ childWords: text, seen: text, opinion: text, done: text })
      const inMs = Number(process.hrtime.bigint() - before) / 1e6
      assert.ok(inMs < 1000, `${piece} took ${inMs} ms`)
    }
  })

  test('never asks for a word that was really said to be changed', () => {
    for (const [box, text] of pointed) {
      for (const advice of coach({ ...empty, [box]: text })) {
        if (advice.rule === 'leading-question') assert.match(advice.says, /Leave it exactly as it was asked/)
        assert.doesNotMatch(advice.says.replace(advice.excerpt, ''), /\b(must|mistake|wrong|error|delete|remove)\b/i)
      }
    }
  })
})
