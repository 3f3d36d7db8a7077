/**
 * The record coach: what an experienced colleague would point at over the writer's shoulder. It advises and never blocks, and
 * it would rather miss something than nag. It never asks for a word to be changed that was really said.
 */
import type { Account } from '../model.ts'

export type CoachRule =
  | 'initials'
  | 'abbreviation'
  | 'unnamed-person'
  | 'begins-with-pronoun'
  | 'opinion-among-facts'
  | 'leading-question'
  | 'promise-of-secrecy'
  | 'not-their-own-words'
  | 'vague-time'

export type CoachedBox = keyof Account

export interface Advice {
  readonly rule: CoachRule
  readonly box: CoachedBox
  readonly says: string
  /** The words that it is about, and where they begin in the box. */
  readonly excerpt: string
  readonly offset: number
}

interface Found {
  readonly offset: number
  readonly length: number
  readonly says: string
}

interface Rule {
  readonly rule: CoachRule
  readonly boxes: readonly CoachedBox[]
  /** `plain` is the box's text; in `unquoted` all that stands between quotation marks is blank, at the same length. */
  find(plain: string, unquoted: string): Found | undefined
}

const boxes: readonly CoachedBox[] = ['childWords', 'seen', 'opinion', 'done']
/** More than this is read by nobody in one go; it keeps the coach quick whatever is pasted in. */
const readMax = 20_000

const quotations =
  /“[^”]{0,2000}”|"[^"]{0,2000}"|‘[^’]{0,2000}’(?!\p{L})|(?<![\p{L}\p{N}])'[^'\n]{1,2000}(?:'\p{L}[^'\n]{0,2000}){0,20}'(?!\p{L})/gu

function withoutQuotations(text: string): string {
  return text.replace(quotations, quoted => ' '.repeat(quoted.length))
}

function first(text: string, pattern: RegExp, says: (match: RegExpMatchArray) => string | undefined): Found | undefined {
  for (const match of text.matchAll(pattern)) {
    const sentence = says(match)
    const found = match[0]
    const blank = found.length - found.trimStart().length
    if (sentence !== undefined) return { offset: (match.index ?? 0) + blank, length: found.trim().length, says: sentence }
  }
  return undefined
}

// Words of two or three capitals that are no person.
const notInitials = new Set(
  'AM PM TV PE RE IT ICT UK US USA EU OK ID MP AI CD DVD PC DJ GP NHS PSHE RSHE DSL DDSL SEN SEND SENCO CCTV KS EYFS PPE VR DNA PTA HQ BBC ITV MOT CPR SATS DT HR GCSE WC ER AE BMX PS XL UTI HIV ADHD ASD OCD PTSD BMI EPI CPD INSET PIN SIM USB PDF WIFI'.split(
    ' ',
  ),
)

const abbreviations: Readonly<Record<string, string>> = {
  TA: 'teaching assistant, with the name',
  LSA: 'learning support assistant, with the name',
  HLTA: 'higher level teaching assistant, with the name',
  MDSA: 'midday supervisor, with the name',
  MDS: 'midday supervisor, with the name',
  SLT: 'senior leadership team, with the name of the person',
  HOY: 'head of year, with the name',
  FLO: 'family liaison officer, with the name',
  PSA: 'parent support adviser, with the name',
  EWO: 'education welfare officer, with the name',
  SW: 'social worker, with the name',
  CP: 'child protection',
  CIN: 'child in need',
  LAC: 'looked-after child',
  CLA: 'child looked after',
  TAF: 'team around the family',
  EHA: 'early help assessment',
  CAMHS: 'child and adolescent mental health services',
  MASH: 'multi-agency safeguarding hub',
  DV: 'domestic violence',
  DA: 'domestic abuse',
  SH: 'self-harm',
  FII: 'fabricated or induced illness',
  CSE: 'child sexual exploitation',
  CCE: 'child criminal exploitation',
  FGM: 'female genital mutilation',
  NFA: 'no further action',
  BF: 'boyfriend, with the name',
  GF: 'girlfriend, with the name',
}

const fullName = (found: string) => `“${found}” may be somebody else to a later reader. Write the full name, and who they are.`

const verbs =
  'said|says|told|tells|was|is|has|had|came|went|did|hit|hurt|kicked|punched|pushed|asked|looked|cried|shouted|started|showed|refused|arrived|left|seemed|ran|and I'

const initials: Rule = {
  rule: 'initials',
  boxes,
  find: (_plain, text) =>
    first(text, /(?<![\p{L}\p{N}'’.-])(?:\p{Lu}\.\s?){1,3}\p{Lu}\.?(?![\p{L}\p{N}'’])/gu, match =>
      /^(?:a\.?\s?m|p\.?\s?m|e\.?\s?g|i\.?\s?e|u\.?\s?k|a\.?\s?k\.?\s?a|p\.?\s?e|r\.?\s?e|i\.?\s?t|t\.?\s?v)\.?$/i.test(match[0])
        ? undefined
        : fullName(match[0].trim()),
    ) ??
    first(text, /(?<![\p{L}\p{N}])(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir)\.?\s\p{Lu}(?![\p{L}\p{N}.'’-])/gu, match => fullName(match[0])) ??
    first(text, new RegExp(`(?<![\\p{L}\\p{N}'’.-])\\p{Lu}{2,3}(?=(?:['’]s)?\\s(?:${verbs})(?!\\p{L}))`, 'gu'), match =>
      notInitials.has(match[0]) || abbreviations[match[0]] !== undefined || isShouted(text, match)
        ? undefined
        : fullName(match[0]),
    ) ??
    first(
      text,
      new RegExp(
        `(?<!(?:class|group|year|plan|set|block|room|team|house|vitamin|hepatitis|form|table|key|size|option|part|type|\\d)\\s)(?<![\\p{L}\\p{N}'’.-])[B-HJ-Z]\\.?(?=\\s(?:${verbs})(?!\\p{L}))`,
        'giu',
      ),
      match => (match[0] === match[0].toUpperCase() && !isShouted(text, match) ? fullName(match[0]) : undefined),
    ),
}

/** Somebody who writes in capitals throughout has written no initials. */
function isShouted(text: string, match: RegExpMatchArray): boolean {
  const around = text.slice(Math.max(0, (match.index ?? 0) - 40), (match.index ?? 0) + 40)
  const letters = around.replace(/\P{L}/gu, '')
  return letters.length > 8 && letters.replace(/\P{Lu}/gu, '').length > letters.length * 0.6
}

const abbreviation: Rule = {
  rule: 'abbreviation',
  boxes: ['seen', 'opinion', 'done'],
  find: (_plain, text) =>
    first(text, /(?<![\p{L}\p{N}'’.&/-])(?:\p{Lu}{2,5}|HoY)s?(?![\p{L}\p{N}'’&/-])/gu, match => {
      const meaning = abbreviations[match[0].replace(/s$/, '').toUpperCase()]
      return meaning === undefined || isShouted(text, match)
        ? undefined
        : `A later reader may not know “${match[0]}”. Write it out: ${meaning}.`
    }),
}

const unnamedPerson: Rule = {
  rule: 'unnamed-person',
  boxes: ['seen', 'done'],
  find: (_plain, text) =>
    first(
      text,
      /(?<!\b(?:as|is|was|be|being|like|am|are|were|become|became|for|such|than|what)\s)\b(?:[Aa]|[Aa]n|[Aa]nother|[Oo]ne of (?:the|his|her|their)|[Ss]ome|[Tt]wo|[Tt]hree|[Tt]he other|[Oo]ther)\s(?:(?:older|younger|other|female|male|supply|cover|[Yy]ear \d{1,2})\s){0,2}(?:teaching assistants?|teachers?|members? of staff|staff members?|dinner lad(?:y|ies)|midday supervisors?|lunchtime supervisors?|parents?|child|children|pupils?|students?|boys?|girls?|friends?|adults?|man|men|wom[ae]n)\b(?!\s(?:called|named|whose|’s|'s)|['’]s|\s?[(,:]\s?\p{Lu}|\s(?:Mr|Mrs|Ms|Miss)\b|\s\p{Lu}\p{Ll}|-)/gu,
      match => `Who is “${match[0]}”? Write the name if you know it, and their role or year; if you do not know, say so.`,
    ),
}

const beginsWithPronoun: Rule = {
  rule: 'begins-with-pronoun',
  boxes: ['seen', 'done'],
  find: (_plain, text) =>
    first(
      text,
      /^\s{0,20}(?:She|He|They|Her|His)\b(?!\s(?:and|&)\s)/gu,
      match => `Who is “${match[0].trim()}”? Begin with the name: this box may be read on its own.`,
    ),
}

const feelings =
  'upset|sad|angry|cross|scared|frightened|afraid|anxious|worried|nervous|distressed|withdrawn|depressed|unhappy|drunk|high|guilty|jealous|ashamed|uncomfortable|aggressive|fine|ok|okay|hungry|tired|agitated|low|vulnerable|defensive|shifty'

const opinionAmongFacts: Rule = {
  rule: 'opinion-among-facts',
  boxes: ['seen'],
  find: (_plain, text) =>
    first(
      text,
      new RegExp(
        `\\b(?:seemed|seems|appeared|appears)\\s(?:to be\\s)?(?:(?:very|quite|really|a bit|a little|rather|so)\\s)?(?:${feelings})\\b`,
        'giu',
      ),
      match => `“${match[0]}”: say what you saw or heard that made you think so, such as crying, silence or clenched fists.`,
    ) ??
    first(
      text,
      /\bI\s(?:think|thought|believe|believed|feel|felt that|suspect|suspected|reckon|guess)\b|\bin my (?:opinion|view)\b/giu,
      match =>
        `“${match[0]}” is your own view. It counts: put it in the box for what you think, so that facts and views stay apart.`,
    ) ??
    first(
      text,
      /\b(?:obviously|probably|presumably|no doubt|undoubtedly|clearly(?!\s(?:visible|see|seen|saw|hear|heard|marked|say|said|audible))(?<!\b(?:could|can|see|hear|said|spoke)\s(?:very\s)?clearly)|must have (?:been|had|done|got|hit|hurt|fallen)|attention[- ]seeking|manipulative|playing up|making it up|lying|typical|a nightmare|is abused|being abused|being neglected|is neglected|neglectful|abusive)\b/giu,
      match =>
        /lying/i.test(match[0]) &&
        /\blying\s(?:on|in|down|under|beside|across|next|at|there|awake|face|still)\b/iu.test(text.slice(match.index))
          ? undefined
          : `“${match[0]}” is a view, and it does not say whose. Here write what you saw or heard; put the view in the box for what you think.`,
    ),
}

const harm =
  '(?:hit|hits|hitting|hurt|hurts|hurting|touch|touched|touching|smack|smacked|slap|slapped|kick|kicked|punch|punched|beat|beaten|bit|bitten|burn|burned|burnt|abuse|abused|rape|raped|kiss|kissed|do (?:that|this) to|did (?:that|this) to|done (?:that|this) to|push|pushed|scare|scared|threaten|threatened|lock|locked)'

const leadingQuestion: Rule = {
  rule: 'leading-question',
  boxes: ['childWords', 'seen', 'done'],
  find: plain =>
    first(
      plain,
      new RegExp(
        `\\b(?:did|does|do|has|have|was|were|is|are)(?:n['’]t)?\\s(?:(?!\\b(?:what|how|why|where|when|who)\\b)[^.?!\\n]){1,60}\\b${harm}\\b(?:(?!\\bme\\b)[^.?!\\n]){0,40}\\byou\\b[^.?!\\n]{0,40}\\?`,
        'giu',
      ),
      leadingSays,
    ) ??
    first(
      plain,
      /\b(?:he|she|they|it|somebody|someone|mum|dad|\p{Lu}\p{Ll}+)\b[^.?!\n]{1,60},\s?(?:did|was|is|has|does|were)(?:n['’]t|nt)\s(?:he|she|it|they|you)\?/gu,
      leadingSays,
    ) ??
    first(
      withoutQuotations(plain),
      new RegExp(
        `\\bI\\s(?:\\p{L}+\\s){0,2}asked\\s(?:(?:him|her|them|the child|\\p{Lu}\\p{Ll}+(?:\\s\\p{Lu}\\p{Ll}+)?)\\s)?(?:if|whether)\\s(?!(?:he|she|they)\\s(?:was|were|had been)?\\s?(?:hurt|okay|ok|all right)\\b)[^.?!\\n]{1,60}\\b${harm}\\b\\s(?:him|her|them|\\p{Lu}\\p{Ll}+)`,
        'gu',
      ),
      leadingSays,
    ),
}

function leadingSays(match: RegExpMatchArray): string {
  return `“${match[0].trim()}” may suggest an answer. Leave it exactly as it was asked. If you speak with the child again, ask openly: tell me, explain, describe; who, what, where, when.`
}

const promiseOfSecrecy: Rule = {
  rule: 'promise-of-secrecy',
  // In the child's box "I promised not to tell" is most often the child speaking.
  boxes: ['seen', 'opinion', 'done'],
  find: plain =>
    first(
      plain,
      /\bI\s(?:have\s|had\s|then\s|also\s)?(?:(?:promised|agreed|assured|reassured|told|said|swore)\b[^.?!\n]{0,60}(?:(?:\b(?:not|never|no one|nobody)|n['’]t)\b[^.?!\n]{0,25}\b(?:tell|say|know|told|pass)\b|\bsecret|\bbetween us|\bconfidential)|(?:will|would|['’]ll)\s(?:not tell|never tell|keep (?:it|this) (?:a )?secret))/giu,
      match =>
        /\b(?:can\s?not|can['’]t|could\s?not|couldn['’]t|not (?:be able|promise|keep)|unable|would have to|will have to|have to tell|need to tell|had to|didn['’]t promise|to tell (?:someone|somebody|an adult|a|the|me|us))\b/iu.test(
          match[0] + plain.slice((match.index ?? 0) + match[0].length, (match.index ?? 0) + match[0].length + 30),
        )
          ? undefined
          : 'It reads as if the child was promised secrecy. If so, write exactly what was said, and tell the safeguarding lead; if not, say what you told the child about who has to know.',
    ),
}

const notTheirOwnWords: Rule = {
  rule: 'not-their-own-words',
  boxes: ['childWords'],
  find: (plain, text) => {
    if (plain !== text || /(?<![\p{L}\p{N}])(?:I|I['’]m|I['’]ve|me|my|we|us|our)(?![\p{L}\p{N}])/u.test(plain)) return undefined
    return first(
      text,
      /\b(?:(?:[Ss]he|[Hh]e|[Tt]hey|[Tt]he child|\p{Lu}\p{Ll}+)\s(?:then\s|also\s|has\s)?(?:said|says|told (?:me|us)|stated|disclosed|mentioned|reported|explained|claimed|alleged|revealed))(?!\s(?:nothing|no\b|not|very little|little))\b/gu,
      () => 'If you can, write the very words, between quotation marks, as the child said them: “Dad was shouting and I hid.”',
    )
  },
}

const vagueTime: Rule = {
  rule: 'vague-time',
  boxes: ['seen', 'done'],
  find: (_plain, text) =>
    first(
      text,
      /\b(?:the other (?:day|week|morning|afternoon)|a while (?:ago|back)|ages ago|some time ago|recently|lately|a few (?:days|weeks|months|times)(?: ago)?|several times|many times|on (?:several|many|numerous|a number of) occasions|regularly|frequently|often|all the time|from time to time|now and then)\b/giu,
      match =>
        `“${match[0]}”: write when and how many times as nearly as you know, such as “on Monday 3 and Tuesday 4 November, in registration”.`,
    ),
}

const rules: readonly Rule[] = [
  leadingQuestion,
  promiseOfSecrecy,
  notTheirOwnWords,
  opinionAmongFacts,
  initials,
  abbreviation,
  unnamedPerson,
  beginsWithPronoun,
  vagueTime,
]

/** What the coach points at, box by box, at most once for each rule in a box. Nothing of it stands in the way of sending. */
export function coach(account: Account): readonly Advice[] {
  return boxes.flatMap(box => {
    const plain = account[box].slice(0, readMax)
    if (plain.trim() === '') return []
    const unquoted = withoutQuotations(plain)
    return rules.flatMap(({ rule, boxes: where, find }): Advice[] => {
      const found = where.includes(box) ? find(plain, unquoted) : undefined
      return found
        ? [{ rule, box, says: found.says, excerpt: plain.slice(found.offset, found.offset + found.length), offset: found.offset }]
        : []
    })
  })
}
