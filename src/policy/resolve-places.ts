/** Who and where: the parts of a profile that name people's roles, contacts, authorities and their levels. */
import type { PlainDate } from '../kernel/plain-date.ts'
import type { LayerFile } from './language.ts'
import { cited, holding, holds, latest, nearest, nearestValue, resolved, sourced, type View } from './layer-values.ts'
import type { AuthorityLayer } from './layers.ts'
import { authoritiesFor, contactName } from './layers.ts'
import type { Layer } from './parse-layer.ts'
import type {
  Contact,
  ContactBookRules,
  LevelFramework,
  Locality,
  PostRules,
  Profile,
  ReferralDestination,
  Threshold,
} from './profile.ts'

type ContactEntry = Exclude<NonNullable<LayerFile['contacts']>[string], readonly unknown[]>

type Thresholds = NonNullable<NonNullable<AuthorityLayer['data']['levels']>['threshold']>
type ThresholdEntry = Exclude<Thresholds, readonly unknown[]>

/** The safeguarding team with the school's own titles, its trust's roles after its own. */
export function teamOf(view: View): Profile['team'] {
  return view.chain.toReversed().flatMap(layer =>
    'team' in layer.data
      ? holding(layer.data.team, view.on).map(entry => ({
          role: entry.role,
          title: entry.title,
          ...cited(layer, entry),
          ...(entry.contact === undefined ? {} : { contact: resolved(layer, entry.contact, view.layers) }),
        }))
      : [],
  )
}

/** Every contact that the profile may show, by its name. */
export function contactsOf(view: View): Profile['contacts'] {
  const contacts: Record<string, Contact> = {}
  for (const layer of [...view.layers.authorities.filter(other => !view.chain.includes(other)), ...view.chain]) {
    for (const [key, series] of Object.entries(layer.data.contacts ?? {})) {
      const entry = latest<ContactEntry>(series, view.on)
      if (entry) contacts[contactName(layer, key)] = contactOf(layer, contactName(layer, key), entry)
    }
  }
  return contacts
}

function contactOf(layer: Layer, key: string, entry: ContactEntry): Contact {
  const { who, purpose, phone, email, web, hours, open } = entry
  const { standing, ...authority } = cited(layer, entry)
  return {
    key,
    who,
    purpose,
    ...(phone === undefined ? {} : { phone }),
    ...(email === undefined ? {} : { email }),
    ...(web === undefined ? {} : { web }),
    ...(hours === undefined ? {} : { hours }),
    ...(open === undefined ? {} : { open }),
    ...authority,
    standing: standing === 'read' ? 'stated' : standing,
  }
}

/** The authorities' contact points by what they are for; one that does not hold on the date is left out. */
export function directoryOf({ school, layers }: View, contacts: Profile['contacts']): NonNullable<Profile['directory']> {
  return authoritiesFor(school.data, layers).flatMap(layer =>
    Object.entries(layer.data.directory ?? {}).flatMap(([purpose, key]) => {
      const contact = contacts[resolved(layer, key, layers)]
      if (!contact) return []
      const { source, standing, reading } = contact
      return [
        { authority: layer.key, purpose, contact: contact.key, source, standing, ...(reading === undefined ? {} : { reading }) },
      ]
    }),
  )
}

/** What is asked of the posts of the team: each part as the nearest layer says. */
export function postsOf(view: View): PostRules {
  const described = nearest(view, (layer): PostRules['described'] => {
    const entry = layer.data.posts?.described
    if (!entry || !holds(entry, view.on)) return undefined
    return { roles: entry.roles, withinDays: entry.within_days, says: entry.says, ...cited(layer, entry) }
  })
  const many = nearest(view, (layer): PostRules['many'] => {
    const entry = layer.data.posts?.many
    if (!entry || !holds(entry, view.on)) return undefined
    return { postsMin: entry.posts_min, says: entry.says, ...cited(layer, entry) }
  })
  const settledBy = nearestValue(view, data => data.posts?.settled_by)
  return { ...(described ? { described } : {}), ...(many ? { many } : {}), ...(settledBy ? { settledBy } : {}) }
}

/** How contacts and posts are kept right; undefined while a part is missing. */
export function contactBookOf(view: View): ContactBookRules | undefined {
  const checkedEvery = nearestValue(view, data => data.contact_book?.checked_every)
  const vacancyTold = nearestValue(view, data => data.contact_book?.vacancy_told)
  return checkedEvery && vacancyTold ? { checkedEvery, vacancyTold } : undefined
}

/** The emergency box, in its order. */
export function emergencyOf(view: View): Profile['emergency'] {
  return (
    nearest(
      view,
      layer =>
        layer.data.emergency &&
        holding(layer.data.emergency, view.on).map(entry => ({
          contact: resolved(layer, entry.contact, view.layers),
          when: entry.when,
          ...cited(layer, entry),
        })),
    ) ?? []
  )
}

/** A layer's levels of need, the lowest first. */
export function frameworkOf(layer: Layer, on: PlainDate, authority = layer.key): LevelFramework | undefined {
  if (!('levels' in layer.data) || layer.data.levels === undefined || !holds(layer.data.levels, on)) return undefined
  const { name, levels, threshold } = layer.data.levels
  const held = latest<ThresholdEntry>(threshold, on)
  return {
    authority,
    name,
    levels: levels.toSorted((a, b) => a.position - b.position),
    ...(held ? { threshold: thresholdOf(layer, held) } : {}),
    ...cited(layer, layer.data.levels),
  }
}

function thresholdOf(layer: Layer, entry: ThresholdEntry): Threshold {
  return {
    title: entry.title,
    edition: entry.edition,
    underReview: entry.under_review ?? false,
    ...cited(layer, entry),
  }
}

/** The levels by which this school judges. */
export function levelsOf(view: View): LevelFramework | undefined {
  return nearest(view, layer => frameworkOf(layer, view.on, view.school.data.school.authority))
}

/** The stages in which a referral without a good answer is escalated. */
export function escalationOf(layer: Layer, view: View): Profile['escalation'] | undefined {
  const stages = layer.data.escalation
  return (
    stages &&
    holding(stages, view.on)
      .map(entry => ({
        stage: entry.stage,
        says: entry.says,
        ...(entry.contact === undefined ? {} : { contact: resolved(layer, entry.contact, view.layers) }),
        ...cited(layer, entry),
      }))
      .toSorted((a, b) => a.stage - b.stage)
  )
}

/** Where referrals go, by authority. */
export function referralsOf(view: View): readonly ReferralDestination[] {
  const own = holding(view.school.data.referrals, view.on)
  return authoritiesFor(view.school.data, view.layers).flatMap(layer => {
    const entry = own.find(referral => referral.authority === layer.key)
    if (entry) return [destinationOf(view.school, entry, layer, view)]
    const { referral } = layer.data
    return referral && holds(referral, view.on) ? [destinationOf(layer, referral, layer, view)] : []
  })
}

/** What the authority asks of a referral besides where it goes. */
function demandsOf(
  from: Layer,
  { phone_first: first, chased, written_needs: needs }: NonNullable<AuthorityLayer['data']['referral']>,
  { on }: View,
): Pick<ReferralDestination, 'phoneFirst' | 'chased' | 'writtenNeeds'> {
  const [phone] = holding(first && [first], on)
  const time = latest<Exclude<NonNullable<typeof chased>, readonly unknown[]>>(chased, on)
  const [written] = holding(needs && [needs], on)
  return {
    ...(phone
      ? {
          phoneFirst: {
            ...(phone.level_at_least === undefined ? {} : { levelAtLeast: phone.level_at_least }),
            ...cited(from, phone),
          },
        }
      : {}),
    ...(time ? { chased: sourced(from, time) } : {}),
    ...(written ? { writtenNeeds: written.value } : {}),
  }
}

const inWords = new Intl.ListFormat('en-GB')

function localityOf(
  { id, name, wards = [] }: { readonly id: string; readonly name: string; readonly wards?: readonly string[] | undefined },
  contact: string,
): Locality & { readonly contact: string } {
  const listed = inWords.format(wards)
  return { id, name: listed === '' ? name : `${name}: ${listed}`, shortName: name, wards, contact }
}

function destinationOf(
  from: Layer,
  entry: NonNullable<AuthorityLayer['data']['referral']>,
  authority: AuthorityLayer,
  view: View,
): ReferralDestination {
  const contact = (key: string) => resolved(from, key, view.layers)
  const escalation = escalationOf(authority, view)
  const [disabled] = holding(entry.disabled_children && [entry.disabled_children], view.on)
  const channels = holding(entry.channels, view.on).map(channel => ({
    id: channel.id,
    name: channel.name,
    agencies: channel.agencies,
    ...(channel.contact === undefined ? {} : { contact: contact(channel.contact) }),
    needsAssessment: channel.needs_assessment === true,
    ...cited(from, channel),
  }))
  return {
    authority: authority.key,
    authorityName: authority.data.name,
    frontDoor: contact(entry.front_door),
    ...(entry.out_of_hours === undefined ? {} : { outOfHours: contact(entry.out_of_hours) }),
    ...(entry.written_form === undefined ? {} : { writtenForm: entry.written_form }),
    ...demandsOf(from, entry, view),
    ...(entry.localities === undefined
      ? {}
      : { localities: entry.localities.map(place => localityOf(place, contact(place.contact))) }),
    ...(channels.length > 0 ? { channels } : {}),
    ...(disabled
      ? { disabledChildren: { contact: contact(disabled.contact), status: disabled.status, ...cited(from, disabled) } }
      : {}),
    ...(escalation === undefined ? {} : { escalation }),
    ...cited(from, entry),
  }
}
