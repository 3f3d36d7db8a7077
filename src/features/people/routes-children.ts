import { type Action, type Actor, check } from '../../access/index.ts'
import type { AuditNote } from '../../audit/entry.ts'
import type { ChildId } from '../../kernel/ids.ts'
import { localDate } from '../../kernel/london-time.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { isMailAddress } from '../../platform/mail-address.ts'
import type { Profile } from '../../policy/profile.ts'
import type { FieldError } from '../../web/components/index.ts'
import { dateEntries } from '../../web/http/form-dates.ts'
import { FormReading } from '../../web/http/form-reading.ts'
import { FormValues } from '../../web/http/form-values.ts'
import { conflict, invalid, page, type Reply, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { listSharedWithMe } from '../shares/index.ts'
import {
  addAddress,
  addChild,
  addSibling,
  changeChild,
  childSubject,
  keepContact,
  keepStatus,
  leaveAddress,
  removeContact,
  removeSibling,
} from './commands.ts'
import {
  type ChildContact,
  type ChildFacts,
  type ChildRecord,
  type ChildStatus,
  type PeopleRefusal,
  statusKinds,
} from './model.ts'
import { childFormPage, homeOptions, standingsFor } from './pages/child-form.tsx'
import { childPage } from './pages/child-page.tsx'
import { addressFormPage, contactEndPage, contactFormPage, siblingPage, statusFormPage } from './pages/child-part-forms.tsx'
import { childrenPage } from './pages/children-page.tsx'
import { findPage } from './pages/find-page.tsx'
import { refusalSays } from './pages/words.ts'
import { findChild, findChildren, listChildren } from './queries.ts'
import { birthdayFault } from './rules.ts'
import { listOwnConcernsAbout } from './store.ts'

type ChildRequest<A extends Action = Action> = Request<A, Actor>

/** The child of the path, if this person may see their record: one tied to the child may not, nor may others see a child known only from a concern. */
async function getChild<A extends Action>(request: ChildRequest<A>): Promise<ChildRecord> {
  const child = await findChild(request, request.params['childId'] ?? '')
  if (!child) throw new NotFound()
  request.permit(childSubject(request, child))
  const isHidden = child.standing === 'unidentified' || child.standing === 'not-on-roll'
  if (isHidden && !check(request.someone, 'file.read', childSubject(request, child)).allowed) throw new NotFound()
  return child
}

function details(childId: string): Reply {
  return redirect(`/children/${childId}/details`)
}

function refusalError(field: string, refusal: PeopleRefusal): FieldError[] {
  return [{ field, says: refusalSays(refusal) }]
}

// ---- the list, and finding

const listRoute = route({
  method: 'GET',
  path: '/children',
  action: 'child.keep',
  audit: 'children.listed',
  handle: async request => {
    const permit = request.permit()
    const text = (name: string) => (request.query.get(name) ?? '').slice(0, 100)
    const asked = {
      q: text('q'),
      year: text('year'),
      className: text('class'),
      standing: text('standing'),
      page: Math.min(1000, Math.max(1, Math.floor(Number(text('page'))) || 1)),
    }
    return page(childrenPage(request, asked, await listChildren(request, permit, asked)))
  },
})

/** So many children found say whom somebody looked for; more do not. */
const lookedForMax = 5

/** Whom a search found, where it found few: never what was typed, which may be anybody's name. */
function foundInTrail(children: readonly { readonly id: ChildId }[]): Pick<AuditNote, 'subjectKind' | 'subject' | 'facts'> {
  const facts = { found: children.length }
  const [first, ...more] = children
  if (!first || more.length >= lookedForMax) return { facts }
  if (more.length === 0) return { subjectKind: 'child', subject: first.id, facts }
  return { facts: { ...facts, children: children.map(({ id }) => id) } }
}

const findRoute = route({
  method: 'GET',
  path: '/children/find',
  action: 'child.find',
  audit: 'child.found',
  handle: async request => {
    const permit = request.permit()
    const typed = (request.query.get('q') ?? '').slice(0, 100)
    const found = await findChildren(request, permit, typed)
    request.note({ event: 'child.found', ...foundInTrail(found.children) })
    if (request.query.get('format') !== 'json') {
      const ids = found.children.map(({ id }) => id)
      const own = await listOwnConcernsAbout(request, permit, request.someone.adultId, ids)
      return page(findPage(request, typed, found, await listSharedWithMe(request, permit), own))
    }
    const children = found.children.map(({ id, givenName, familyName, knownAs, yearGroup, className, standing, born }) => ({
      id,
      name: `${givenName} ${familyName}`,
      knownAs,
      yearGroup,
      className,
      standing,
      born,
    }))
    return { kind: 'json', value: { children, more: found.more } }
  },
})

// ---- adding and changing a child

function entriesOf(child: ChildRecord): FormValues {
  const home =
    child.homeAuthority === null ? '' : child.locality === null ? child.homeAuthority : `${child.homeAuthority}/${child.locality}`
  return FormValues.of([
    ['given', child.givenName],
    ['family', child.familyName],
    ['known-as', child.knownAs ?? ''],
    ...dateEntries('born', child.born),
    ['standing', child.standing],
    [`other-school-${child.standing}`, child.otherSchool ?? ''],
    ['year', child.yearGroup ?? ''],
    ['class', child.className ?? ''],
    ['home', home],
    ['leaves-at', child.leavesAt ?? ''],
    ['description', child.description ?? ''],
  ])
}

function readBorn(reading: FormReading, today: PlainDate): PlainDate | null {
  const born = reading.maybeDate('born')
  const fault = born ? birthdayFault(born, today) : undefined
  if (fault === 'in-the-future') reading.fault('born-day', 'The date of birth must be in the past.')
  if (fault === 'too-long-ago') reading.fault('born-year', 'Check the year: somebody born then is not a child.')
  return born
}

function readHome(reading: FormReading, profile: Profile): { homeAuthority: string | null; locality: string | null } {
  const chosen = reading.maybeChoice(
    'home',
    homeOptions(profile).map(option => option.value),
    'Choose an authority from the list.',
  )
  const [homeAuthority = null, locality = null] = chosen?.split('/') ?? []
  return { homeAuthority, locality }
}

/** Reads the form of a child; what is wrong with it stands in `reading.errors`. */
function readChild(reading: FormReading, request: ChildRequest, child: ChildRecord | undefined): ChildFacts {
  const givenName = reading.line('given', 'Enter a first name.')
  const familyName = reading.line('family', 'Enter a family name.')
  const knownAs = reading.maybeLine('known-as')
  const born = readBorn(reading, localDate(request.now))
  const standing = reading.choice('standing', standingsFor(child), 'Select how they belong to this school.') ?? 'on-roll'
  const otherSchool =
    standing === 'dual'
      ? reading.line('other-school-dual', 'Enter the other school.')
      : standing === 'left'
        ? reading.maybeLine('other-school-left')
        : null
  const yearGroup = reading.maybeLine('year')
  if (yearGroup !== null && yearGroup.length > 10) reading.fault('year', 'Write the year group as a number, R or N.')
  const className = reading.maybeLine('class')
  const home = readHome(reading, request.profile)
  return {
    givenName,
    familyName,
    knownAs,
    born,
    standing,
    otherSchool,
    yearGroup,
    className,
    ...home,
    leavesAt: reading.maybeTime('leaves-at'),
    description: reading.maybeText('description'),
  }
}

const newChildRoutes = [
  route({
    method: 'GET',
    path: '/children/new',
    action: 'child.keep',
    audit: 'page.opened',
    handle: async request => {
      request.permit()
      return page(childFormPage(request, { typed: FormValues.of([['standing', 'on-roll']]), errors: [] }))
    },
  }),
  route({
    method: 'POST',
    path: '/children/new',
    action: 'child.keep',
    audit: 'child.added',
    handle: async request => {
      request.permit()
      const reading = new FormReading(request.form)
      const facts = readChild(reading, request, undefined)
      if (reading.errors.length > 0) return invalid(childFormPage(request, { typed: request.form, errors: reading.errors }))
      const added = await addChild(request, facts)
      if (!added.ok) return invalid(childFormPage(request, { typed: request.form, errors: refusalError('given', added.refusal) }))
      return details(added.value)
    },
  }),
]

const childRoutes = [
  route({
    method: 'GET',
    path: '/children/:childId/details',
    action: 'child.keep',
    audit: 'child.opened',
    handle: async request => {
      const child = await getChild(request)
      request.note({ event: 'child.opened', subjectKind: 'child', subject: child.id })
      return page(childPage(request, child))
    },
  }),
  route({
    method: 'GET',
    path: '/children/:childId/details/edit',
    action: 'child.keep',
    audit: 'child.opened',
    handle: async request => {
      const child = await getChild(request)
      return page(childFormPage(request, { typed: entriesOf(child), errors: [], child }))
    },
  }),
  route({
    method: 'POST',
    path: '/children/:childId/details/edit',
    action: 'child.keep',
    audit: 'child.changed',
    handle: async request => {
      const child = await getChild(request)
      const reading = new FormReading(request.form)
      const facts = readChild(reading, request, child)
      if (reading.errors.length > 0)
        return invalid(childFormPage(request, { typed: request.form, errors: reading.errors, child }))
      const changed = await changeChild(request, child, facts)
      if (!changed.ok)
        return invalid(childFormPage(request, { typed: request.form, errors: refusalError('given', changed.refusal), child }))
      return details(child.id)
    },
  }),
]

// ---- contacts

function getPart<Part extends { readonly id: string }>(parts: readonly Part[], id: string | undefined): Part {
  const part = parts.find(one => one.id === id)
  if (!part) throw new NotFound()
  return part
}

function contactEntries(contact: ChildContact): FormValues {
  return FormValues.of([
    ['name', contact.name],
    ['relation', contact.relation],
    ['phone', contact.phone ?? ''],
    ['email', contact.email ?? ''],
    ['priority', String(contact.priority)],
    ['barred-reason', contact.barredReason ?? ''],
    ...(contact.barred ? [['barred', 'yes'] as [string, string]] : []),
  ])
}

function readContact(form: FormValues, id: string): { reading: FormReading; contact: ChildContact } {
  const reading = new FormReading(form)
  const name = reading.line('name', 'Enter a name.')
  const relation = reading.line('relation', 'Enter who they are to the child.')
  const phone = reading.maybeLine('phone')
  const email = reading.maybeLine('email')
  if (email !== null && !isMailAddress(email)) reading.fault('email', 'Enter an email address like name@example.org.')
  const typed = reading.maybeLine('priority') ?? '1'
  if (!/^[1-9]\d?$/.test(typed)) reading.fault('priority', 'Enter a number from 1 to 99.')
  const barred = reading.isTicked('barred')
  const barredReason = barred ? reading.maybeText('barred-reason') : null
  if (barred && barredReason === null) reading.fault('barred-reason', 'Enter why this person must not be contacted.')
  return { reading, contact: { id, name, relation, phone, email, priority: Number(typed), barred, barredReason } }
}

async function saveContact(
  request: ChildRequest<'child.contacts'>,
  child: ChildRecord,
  id: string,
  isNew: boolean,
  action: string,
): Promise<Reply> {
  const { reading, contact } = readContact(request.form, id)
  if (reading.errors.length > 0)
    return invalid(contactFormPage(request, { child, typed: request.form, errors: reading.errors, action, isNew }))
  await keepContact(request, child, contact)
  return details(child.id)
}

const contactRoutes = [
  route({
    method: 'GET',
    path: '/children/:childId/contacts/new',
    action: 'child.contacts',
    audit: 'child.opened',
    handle: async request => {
      const child = await getChild(request)
      const typed = FormValues.of([['priority', String(child.contacts.filter(contact => !contact.barred).length + 1)]])
      return page(contactFormPage(request, { child, typed, errors: [], action: request.path, isNew: true }))
    },
  }),
  route({
    method: 'POST',
    path: '/children/:childId/contacts/new',
    action: 'child.contacts',
    audit: 'child.changed',
    handle: async request => saveContact(request, await getChild(request), newId<string>(), true, request.path),
  }),
  route({
    method: 'GET',
    path: '/children/:childId/contacts/:contactId',
    action: 'child.contacts',
    audit: 'child.opened',
    handle: async request => {
      const child = await getChild(request)
      const contact = getPart(child.contacts, request.params['contactId'])
      return page(
        contactFormPage(request, { child, typed: contactEntries(contact), errors: [], action: request.path, isNew: false }),
      )
    },
  }),
  route({
    method: 'POST',
    path: '/children/:childId/contacts/:contactId',
    action: 'child.contacts',
    audit: 'child.changed',
    handle: async request => {
      const child = await getChild(request)
      return saveContact(request, child, getPart(child.contacts, request.params['contactId']).id, false, request.path)
    },
  }),
  route({
    method: 'GET',
    path: '/children/:childId/contacts/:contactId/end',
    action: 'child.contacts',
    audit: 'child.opened',
    handle: async request => {
      const child = await getChild(request)
      const { name, barred } = getPart(child.contacts, request.params['contactId'])
      return page(contactEndPage(request, { child, typed: FormValues.empty(), errors: [], action: request.path, name, barred }))
    },
  }),
  route({
    method: 'POST',
    path: '/children/:childId/contacts/:contactId/end',
    action: 'child.contacts',
    audit: 'child.changed',
    handle: async request => {
      const child = await getChild(request)
      await removeContact(request, child, request.params['contactId'] ?? '')
      return details(child.id)
    },
  }),
]

// ---- addresses

const addressRoutes = [
  route({
    method: 'GET',
    path: '/children/:childId/addresses/new',
    action: 'child.contacts',
    audit: 'child.opened',
    handle: async request => {
      const child = await getChild(request)
      return page(
        addressFormPage(request, {
          child,
          typed: FormValues.of(dateEntries('starts', localDate(request.now))),
          errors: [],
          action: request.path,
        }),
      )
    },
  }),
  route({
    method: 'POST',
    path: '/children/:childId/addresses/new',
    action: 'child.contacts',
    audit: 'child.changed',
    handle: async request => {
      const child = await getChild(request)
      const reading = new FormReading(request.form)
      const address = reading.maybeText('address') ?? reading.fault('address', 'Enter an address.') ?? ''
      const says = reading.maybeLine('says')
      const startsOn = reading.date('starts', 'Enter the day since when.')
      if (!startsOn || reading.errors.length > 0)
        return invalid(addressFormPage(request, { child, typed: request.form, errors: reading.errors, action: request.path }))
      const replaces = request.form.all('replaces').filter(id => child.addresses.some(known => known.id === id))
      await addAddress(request, child, { address, says, startsOn, replaces })
      return details(child.id)
    },
  }),
  route({
    method: 'POST',
    path: '/children/:childId/addresses/:addressId/end',
    action: 'child.contacts',
    audit: 'child.changed',
    handle: async request => {
      const child = await getChild(request)
      getPart(child.addresses, request.params['addressId'])
      await leaveAddress(request, child, request.params['addressId'] ?? '', localDate(request.now))
      return details(child.id)
    },
  }),
]

// ---- statuses

function statusEntries(status: ChildStatus): FormValues {
  return FormValues.of([
    ['status', status.status],
    ...dateEntries('starts', status.startsOn),
    ...dateEntries('ends', status.endsOn),
    ['authority', status.authority ?? ''],
    ['worker-name', status.workerName ?? ''],
    ['worker-phone', status.workerPhone ?? ''],
  ])
}

function readStatus(
  request: ChildRequest,
  known: ChildStatus | undefined,
): { reading: FormReading; status: ChildStatus | undefined } {
  const reading = new FormReading(request.form)
  const kind = known?.status ?? reading.choice('status', statusKinds, 'Select a status.')
  const startsOn = reading.date('starts', 'Enter the day since when.')
  const endsOn = reading.maybeDate('ends')
  if (startsOn && startsOn > localDate(request.now)) reading.fault('starts-day', 'The first day must be today or earlier.')
  if (startsOn && endsOn && endsOn < startsOn) reading.fault('ends-day', 'The last day must not be before the first.')
  const authority = reading.maybeChoice(
    'authority',
    request.profile.referrals.map(referral => referral.authority),
    'Choose an authority from the list.',
  )
  const workerName = reading.maybeLine('worker-name')
  const workerPhone = reading.maybeLine('worker-phone')
  if (!kind || !startsOn || reading.errors.length > 0) return { reading, status: undefined }
  return {
    reading,
    status: { id: known?.id ?? newId<string>(), status: kind, startsOn, endsOn, authority, workerName, workerPhone },
  }
}

async function saveStatus(
  request: ChildRequest<'child.statuses'>,
  child: ChildRecord,
  known: ChildStatus | undefined,
): Promise<Reply> {
  const { reading, status } = readStatus(request, known)
  if (!status) {
    const typed = known ? request.form.with('status', known.status) : request.form
    return invalid(
      statusFormPage(request, { child, typed, errors: reading.errors, action: request.path, isNew: known === undefined }),
    )
  }
  await keepStatus(request, child, status)
  return details(child.id)
}

const statusRoutes = [
  route({
    method: 'GET',
    path: '/children/:childId/statuses/new',
    action: 'child.statuses',
    audit: 'child.opened',
    handle: async request => {
      const child = await getChild(request)
      return page(
        statusFormPage(request, {
          child,
          typed: FormValues.of(dateEntries('starts', localDate(request.now))),
          errors: [],
          action: request.path,
          isNew: true,
        }),
      )
    },
  }),
  route({
    method: 'POST',
    path: '/children/:childId/statuses/new',
    action: 'child.statuses',
    audit: 'child.changed',
    handle: async request => saveStatus(request, await getChild(request), undefined),
  }),
  route({
    method: 'GET',
    path: '/children/:childId/statuses/:statusId',
    action: 'child.statuses',
    audit: 'child.opened',
    handle: async request => {
      const child = await getChild(request)
      const status = getPart(child.statuses, request.params['statusId'])
      return page(
        statusFormPage(request, { child, typed: statusEntries(status), errors: [], action: request.path, isNew: false }),
      )
    },
  }),
  route({
    method: 'POST',
    path: '/children/:childId/statuses/:statusId',
    action: 'child.statuses',
    audit: 'child.changed',
    handle: async request => {
      const child = await getChild(request)
      return saveStatus(request, child, getPart(child.statuses, request.params['statusId']))
    },
  }),
]

// ---- brothers and sisters

async function siblingReply(
  request: ChildRequest<'child.keep'>,
  child: ChildRecord,
  q: string,
  errors: FieldError[],
): Promise<string> {
  const found = await findChildren(request, request.permit(childSubject(request, child)), q)
  return siblingPage(request, { child, q, found, errors, action: request.path })
}

const siblingRoutes = [
  route({
    method: 'GET',
    path: '/children/:childId/siblings/new',
    action: 'child.keep',
    audit: 'child.opened',
    handle: async request => {
      const child = await getChild(request)
      return page(await siblingReply(request, child, (request.query.get('q') ?? '').slice(0, 100), []))
    },
  }),
  route({
    method: 'POST',
    path: '/children/:childId/siblings/new',
    action: 'child.keep',
    audit: 'child.changed',
    handle: async request => {
      const child = await getChild(request)
      const q = request.form.text('q').slice(0, 100)
      const sibling = request.form.text('sibling')
      if (!/^[0-9a-f-]{36}$/.test(sibling))
        return invalid(await siblingReply(request, child, q, [{ field: 'sibling', says: 'Select who it is.' }]))
      const added = await addSibling(request, child, sibling)
      return added.ok
        ? details(child.id)
        : conflict(await siblingReply(request, child, q, refusalError('sibling', added.refusal)))
    },
  }),
  route({
    method: 'POST',
    path: '/children/:childId/siblings/:siblingId/remove',
    action: 'child.keep',
    audit: 'child.changed',
    handle: async request => {
      const child = await getChild(request)
      await removeSibling(request, child, (request.params['siblingId'] ?? '') as ChildId)
      return details(child.id)
    },
  }),
]

export const childrenRoutes: readonly Route[] = [
  listRoute,
  findRoute,
  ...newChildRoutes,
  ...childRoutes,
  ...contactRoutes,
  ...addressRoutes,
  ...statusRoutes,
  ...siblingRoutes,
]
