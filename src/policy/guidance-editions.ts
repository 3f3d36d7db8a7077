/** Editions of the national guidance: which one a policy cites, what newer ones say otherwise, and who must act. Pure. */
import type { PlainDate } from '../kernel/plain-date.ts'
import { durationInWords } from './duration.ts'
import { timesInWords, whoInWords } from './duty-values.ts'
import { roleTitle } from './policy-value.ts'
import type { Duration, Profile, Source, StatutoryTime } from './profile.ts'
import { givesMoreTime } from './statute.ts'

export interface GuidanceEdition {
  /** The national file. */
  readonly key: string
  readonly title: string
  readonly edition: string
  readonly since: PlainDate
}

/** Every edition that is in force on the profile's day, the oldest first. */
export function guidanceEditions({ documents }: Pick<Profile, 'documents'>): readonly GuidanceEdition[] {
  const editions = Object.entries(documents).flatMap(([name, { title, edition, since, layer }]): GuidanceEdition[] => {
    const key = /^(.+)\.guidance$/.exec(name)?.[1]
    return layer === 'national' && key && edition && since ? [{ key, title, edition, since }] : []
  })
  return editions.toSorted((a, b) => (a.since < b.since ? -1 : 1))
}

/** The edition that the policy cites, where it says. */
export function citedEdition(profile: Profile): GuidanceEdition | undefined {
  return guidanceEditions(profile).find(({ key }) => key === profile.guidanceCited?.value)
}

/** Editions in force that are younger than the one that the policy cites or, where it cites none, than the policy itself. */
export function newerEditions(profile: Profile): readonly GuidanceEdition[] {
  const since = citedEdition(profile)?.since ?? profile.edition.date
  return guidanceEditions(profile).filter(edition => edition.since > since)
}

/** What the school does about the same thing, beside what is asked. */
export interface Ours {
  readonly says: string
  readonly source: Source
  readonly compares: 'same' | 'stricter' | 'laxer' | 'guidance-alone'
}

export interface Differing {
  readonly what: StatutoryTime
  readonly change: 'new' | 'other-time' | 'no-longer'
  /** As the edition said that the policy cites. */
  readonly before?: StatutoryTime
  readonly ours: readonly Ours[]
}

/** "Within 1 year; then again within 1 year each time". */
export function statuteInWords({ part, duration, every }: StatutoryTime): string {
  return part === 'clocks' && !every ? durationInWords(duration.value) : timesInWords({ duration, ...(every ? { every } : {}) })
}

type Timed = Pick<StatutoryTime, 'duration' | 'every'>

const longest = ({ duration, every }: Timed): Duration => every?.value ?? duration.value

function compared(profile: Profile, rule: Timed, asked: StatutoryTime): Ours['compares'] {
  if (profile.documents[rule.duration.source.document]?.layer === 'national') return 'guidance-alone'
  const [own, limit] = [longest(rule), longest(asked)]
  if (givesMoreTime(own, limit)) return 'laxer'
  return givesMoreTime(limit, own) ? 'stricter' : 'same'
}

/** What the school's policy has for something that statute asks. */
export function oursOf(profile: Profile, asked: StatutoryTime): readonly Ours[] {
  const { training, reading, reviews } = profile.duties
  const shares = (roles: StatutoryTime['roles']) => !asked.roles || !roles || asked.roles.some(role => roles.includes(role))
  const rules =
    asked.part === 'clocks'
      ? profile.clocks.filter(rule => rule.clock === asked.name && mayMeet(rule.when, asked.when))
      : asked.part === 'training'
        ? training.filter(duty => duty.course === asked.name && shares(duty.roles))
        : asked.part === 'reading'
          ? reading.filter(duty => duty.document === asked.name && shares(duty.roles))
          : reviews.filter(duty => duty.clock === asked.name)
  return rules.map(rule => ({
    says: asked.part === 'clocks' ? durationInWords(rule.duration.value) : `${timesInWords(rule)}. ${rule.says}`,
    source: rule.duration.source,
    compares: compared(profile, rule, asked),
  }))
}

function mayMeet(one: StatutoryTime['when'], other: StatutoryTime['when']): boolean {
  return (['moment', 'extended'] as const).every(
    key => one?.[key] === undefined || other?.[key] === undefined || one[key] === other[key],
  )
}

const sameThing = (one: StatutoryTime, other: StatutoryTime) =>
  one.part === other.part && one.name === other.name && JSON.stringify(one.when) === JSON.stringify(other.when)

const sameTimes = (one: Timed, other: Timed) =>
  JSON.stringify([one.duration.value, one.every?.value]) === JSON.stringify([other.duration.value, other.every?.value])

/** What of the guidance in force is other than under the edition that the policy cites, as far as the texts are in hand. */
export function differingFrom(then: Profile, now: Profile): readonly Differing[] {
  const known = (asked: StatutoryTime) => then.statutory.find(one => sameThing(one, asked))
  const changed = now.statutory.flatMap((what): Differing[] => {
    const before = known(what)
    if (before && sameTimes(before, what)) return []
    // Taken to hold under the older edition too, though its text was not in hand.
    if (!before && heldAlready(then, what)) return []
    return [{ what, change: before ? 'other-time' : 'new', ...(before ? { before } : {}), ours: oursOf(now, what) }]
  })
  const gone = then.statutory
    .filter(before => !now.statutory.some(one => sameThing(one, before)))
    .map((before): Differing => ({ what: before, change: 'no-longer', ours: oursOf(now, before) }))
  return [...changed, ...gone]
}

function heldAlready(then: Profile, { part, name, ...times }: StatutoryTime): boolean {
  const { training, reading, reviews } = then.duties
  const rules =
    part === 'training'
      ? training.filter(({ course }) => course === name)
      : part === 'reading'
        ? reading.filter(({ document }) => document === name)
        : part === 'reviews'
          ? reviews.filter(({ clock }) => clock === name)
          : then.clocks.filter(({ clock }) => clock === name)
  return rules.some(rule => then.documents[rule.duration.source.document]?.layer === 'national' && sameTimes(rule, times))
}

export interface ToDo {
  readonly who: string
  readonly does: string
  readonly source?: Source
}

/** Who has to do something because of a newer edition, and which paragraph says so. */
export function whoMustAct(profile: Profile, differing: readonly Differing[]): readonly ToDo[] {
  const { reading, readingDocuments, reviews, training } = profile.duties
  const review = reviews.find(({ clock }) => clock === 'policy-review')
  const guidance = new Set(readingDocuments.filter(({ kind }) => kind === 'guidance').map(({ id }) => id))
  const anew = reading.filter(duty => duty.onReissue && guidance.has(duty.document))
  const owners = differing.flatMap(({ what, change }): ToDo[] => {
    const duties =
      what.part === 'training'
        ? training.filter(({ course }) => course === what.name)
        : what.part === 'reviews'
          ? reviews.filter(({ clock }) => clock === what.name)
          : []
    const duty = duties.find(({ owner }) => owner.length > 0)
    return change === 'no-longer' || !duty
      ? []
      : [{ who: whoInWords(profile, duty.owner), does: duty.says, source: duty.duration.source }]
  })
  return [
    { who: roleTitle(profile, 'dsl'), does: 'Reads the newer edition, and proposes what our policy changes.' },
    {
      who: review ? whoInWords(profile, review.by) : roleTitle(profile, 'headteacher'),
      does: 'Review the policy, and give it a new edition that cites the newer guidance.',
      ...(review ? { source: review.duration.source } : {}),
    },
    ...anew.map(duty => ({
      who:
        whoInWords(profile, duty.roles) +
        (duty.work === 'direct' ? ' who work with children directly' : duty.work === 'indirect' ? ' who do not' : ''),
      does: `Read ${readingDocuments.find(({ id }) => id === duty.document)?.title ?? duty.document} anew, and sign.`,
      source: duty.duration.source,
    })),
    ...owners,
  ]
}
