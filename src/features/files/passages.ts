/** Puts what stands beside a written passage into words: who, when, about which injury. Pure. */
import { assertNever } from '../../kernel/exhaustive.ts'
import { dateInWords, momentInWords, timeInWords } from '../../kernel/london-time.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { Profile } from '../../policy/profile.ts'
import { type Advice, followingNames } from '../advice/index.ts'
import { type Explanation, givenByInWords, treatmentInWords } from '../concerns/index.ts'
import { type EmergencyCall, type FamilyContact, serviceNames, wayNames } from '../contacts-made/index.ts'
import type { Answer } from '../questions/index.ts'
import type { Passage } from './model.ts'
import { agencyName } from './words.ts'

type Fact =
  | { readonly label: 'emergency-call'; readonly facts: Pick<EmergencyCall, 'service' | 'at' | 'rangBy' | 'incident'> }
  | {
      readonly label: 'family-contact'
      readonly facts: Pick<FamilyContact, 'at' | 'who' | 'how' | 'agreedWith' | 'agreedAt' | 'early'>
    }
  | {
      readonly label: 'advice-taken'
      readonly facts: Omit<Advice, 'id' | 'contact' | 'says' | 'byName'>
    }
  | {
      readonly label: 'explanation'
      readonly facts: Omit<Explanation, 'says' | 'at' | 'writtenBy'> & { readonly injury: string }
    }
  | { readonly label: 'answer'; readonly facts: Omit<Answer, 'says'> }
  | { readonly label: 'not-referred'; readonly facts: { readonly agency: string } }
  | {
      readonly label: 'correction'
      readonly facts: { readonly because: string; readonly at: Instant; readonly byName: string | null }
    }

type FactPassage = Fact & { readonly says: string }

/** A passage as it is kept: its words, and for some what stands beside them. */
export type StoredPassage = FactPassage | (Passage & { readonly facts?: never })

const lines = (...parts: readonly (string | false | null | undefined)[]) => parts.filter(Boolean).join('\n')

function callInWords({ facts, says }: Extract<FactPassage, { label: 'emergency-call' }>): string {
  const incident = facts.incident === '' ? 'No incident number.' : `Incident number ${facts.incident}.`
  return lines(`${serviceNames[facts.service]}, ${momentInWords(facts.at)}. ${facts.rangBy} rang. ${incident}`, says)
}

function talkInWords({ facts, says }: Extract<FactPassage, { label: 'family-contact' }>): string {
  const { who, how, at, agreedWith, agreedAt, early } = facts
  return lines(
    `${who}, ${wayNames[how].toLowerCase()}, ${momentInWords(at)}.`,
    says,
    agreedWith !== '' && `Agreed with ${agreedWith}${agreedAt ? `, ${momentInWords(agreedAt)}` : ''}.`,
    early && 'It was before the safeguarding team had advised.',
  )
}

function adviceInWords({ facts, says }: Extract<FactPassage, { label: 'advice-taken' }>): string {
  const { agency, at, withWhom, named, asked, reference, decided, because, followed } = facts
  return lines(
    `${agency}, ${momentInWords(at)}, with ${withWhom}. The child was ${named ? 'named' : 'not named'}.`,
    `Asked: ${asked}`,
    `Advised: ${says}`,
    reference !== '' && `Reference ${reference}.`,
    decided !== null && `Decided after it: ${decided}`,
    because !== null && `Why: ${because}`,
    followed !== null && `As advised: ${followingNames[followed].toLowerCase()}.`,
  )
}

const agreed: Readonly<Record<NonNullable<Explanation['agrees']>, string>> = {
  yes: 'It agrees with what was said before.',
  no: 'It does not agree with what was said before.',
  'not-sure': 'It may not agree with what was said before.',
}

function explanationInWords({ facts, says }: Extract<FactPassage, { label: 'explanation' }>): string {
  const { markN, injury, saidOn, saidAtTime, agrees } = facts
  const by = givenByInWords(facts)
  return lines(
    `Injury ${markN}: ${injury}`,
    says === '' ? `${by} has not said how it happened.` : `${by} says: “${says}”`,
    treatmentInWords(facts),
    saidOn !== null && `Said ${dateInWords(saidOn)}${saidAtTime ? ` at ${timeInWords(saidAtTime)}` : ''}.`,
    agrees && agreed[agrees],
  )
}

function answerInWords({ facts, says }: Extract<FactPassage, { label: 'answer' }>, profile: Pick<Profile, 'questions'>): string {
  const question = profile.questions.find(one => one.id === facts.question)
  const option = facts.option && (question?.options.find(one => one.id === facts.option)?.name ?? facts.option)
  return lines(question?.asks ?? facts.question, [option, facts.on && dateInWords(facts.on)].filter(Boolean).join(', '), says)
}

function correctionInWords({ facts, says }: Extract<FactPassage, { label: 'correction' }>): string {
  return lines(says, `Why: ${facts.because}`, `Corrected by ${facts.byName ?? 'somebody'}, ${momentInWords(facts.at)}.`)
}

function inWords(passage: FactPassage, profile: Pick<Profile, 'questions'>): string {
  switch (passage.label) {
    case 'emergency-call':
      return callInWords(passage)
    case 'family-contact':
      return talkInWords(passage)
    case 'advice-taken':
      return adviceInWords(passage)
    case 'explanation':
      return explanationInWords(passage)
    case 'answer':
      return answerInWords(passage, profile)
    case 'not-referred':
      return lines(`${agencyName(passage.facts.agency)}:`, passage.says)
    case 'correction':
      return correctionInWords(passage)
    default:
      return assertNever(passage)
  }
}

/** A passage whose words hold all that a reader needs. All that somebody typed is in them, so that names are searched in all of it. */
export function passageOf(stored: StoredPassage, profile: Pick<Profile, 'questions'>): Passage {
  return stored.facts === undefined ? stored : { label: stored.label, says: inWords(stored, profile) }
}
