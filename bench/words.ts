import type { Random } from './random.ts'

/** What people write, put together from everyday sentences; no two accounts are alike and none is anybody's. */
const childWords = [
  '“I do not want to go home tonight.”',
  '“He shouts and then I hide upstairs with my brother.”',
  '“It was just an accident, I fell on the stairs again.”',
  '“They keep sending it round and everybody has seen it.”',
  '“Mum was asleep when I left and I made my own breakfast.”',
  '“I promised not to tell anybody.”',
  '“Nobody likes me and I wish I was not here.”',
  '“We are staying at a friend’s house because of the arguing.”',
]
const seen = [
  'Came in late without a coat and looked pale and tired.',
  'Put her head on the desk for most of the lesson and did not answer when spoken to.',
  'Cried when it was time to pack up and asked to stay in the classroom.',
  'A bruise on the left upper arm about the size of a coin, yellow at the edge.',
  'Uniform unwashed for the third day; two friends moved away from the table.',
  'Took bread from the breakfast trolley twice and put it into the bag.',
  'Was collected by an adult whom I have not met; the child went without a word.',
  'Pushed over a chair when asked to read aloud and left the room for ten minutes.',
  'Laughed it off at first, then went quiet and pulled the sleeves down.',
  'Stayed close to me at lunch and did not join the others outside.',
  'Showed messages on a phone from an account that none of us know.',
]
const opinion = [
  'This is not how he usually is; last term he was settled.',
  'I am worried that this is happening at home.',
  'It may be nothing, but it is the second time this month.',
  'She seems to be looking after the younger ones on her own.',
]
const done = [
  'Listened, promised nothing, and said whom I would tell.',
  'Walked with the child to the pastoral room and stayed until somebody came.',
  'Offered food and a quiet place.',
  'Told the deputy at the door straight afterwards.',
]
const team = [
  'Talked with the child and the form tutor; a pattern since the start of term.',
  'Seen beside two earlier concerns of the same kind; nothing new at home that we know of.',
  'Checked with the class teacher, who agrees; parents answered openly and have asked for help.',
  'Discussed in the team on the day; to be watched and looked at again in two weeks.',
]
const places = [
  'Classroom',
  'Playground',
  'Corridor by the hall',
  'Dining hall',
  'Online, at home',
  'School gate',
  'Changing room',
  'On the bus',
]

function sentences(random: Random, from: readonly string[], count: number): string {
  return Array.from({ length: count }, () => random.pick(from)).join(' ')
}

export interface Words {
  readonly childWords: string
  readonly seen: string
  readonly opinion: string
  readonly done: string
}

export function accountOf(random: Random): Words {
  return {
    childWords: random.chance(0.4) ? sentences(random, childWords, 1 + random.below(3)) : '',
    seen: sentences(random, seen, 2 + random.below(6)),
    opinion: random.chance(0.4) ? random.pick(opinion) : '',
    done: random.chance(0.6) ? sentences(random, done, 1 + random.below(2)) : '',
  }
}

export function teamSays(random: Random): string {
  return sentences(random, team, 1 + random.below(3))
}

export function placeOf(random: Random): string {
  return random.pick(places)
}
