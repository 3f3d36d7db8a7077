/** How each field is written, by its name: what a message shows to whoever left it out or wrote it otherwise. */
const forms: Readonly<Record<string, string>> = {
  // Of policies.
  source: 'source: policy 6.2',
  within: 'within: { value: 1 working day, source: policy 6.2 }',
  every: 'every: { value: 1 year, source: policy 6.2 }',
  value: 'value: 1 working day',
  document: 'document: policy',
  section: 'section: "6.2"',
  edition: 'edition: { title: Example School safeguarding policy, date: 2026-09-01 }',
  documents: 'documents: { policy: { title: Example School safeguarding policy } }',
  title: 'title: Example School safeguarding policy',
  date: 'date: 2026-09-01',
  from: 'from: 2026-09-01',
  until: 'until: 2027-08-31',
  open: 'open: [{ days: mon-fri, from: "09:00", to: "17:00" }]',
  days: 'days: mon-fri',
  says: 'says: One plain sentence in your own words.',
  asks: 'asks: What was seen?',
  does: 'does: Ring the front door',
  name: 'name: A name as people here say it',
  names: 'names: dsl',
  id: 'id: early-help',
  key: 'key: parents',
  kind: 'kind: welfare',
  rule: 'rule: referrals.written',
  clock: 'clock: referral-written',
  roles: 'roles: [dsl, deputy-dsl]',
  role: 'role: dsl',
  tell: 'tell: all',
  told: 'told: [dsl, headteacher]',
  overdue_told: 'overdue_told: [dsl, headteacher]',
  vacancy_told: 'vacancy_told: [headteacher]',
  settled_by: 'settled_by: { value: [trust-safeguarding-lead], source: policy 3 }',
  owner: 'owner: [dsl]',
  among: 'among: [headteacher, senior-leader]',
  holds: 'holds: [headteacher]',
  by: 'by: dsl',
  steps: 'steps: [{ tell: all, roles: [dsl, deputy-dsl], says: The DSL and the deputies are told., source: policy 4 }]',
  outside: 'outside: [derby.front-door]',
  contact: 'contact: derby.front-door',
  contacts: 'contacts: { front-door: { who: Front door, purpose: to refer a child, phone: "101", source: policy 6 } }',
  front_door: 'front_door: front-door',
  who: "who: Children's front door",
  purpose: 'purpose: to refer a child',
  phone: 'phone: "101"',
  when: 'when: { urgent: true }',
  chains: 'chains: [low-level]',
  options: 'options: [{ id: disclosure, name: Something a child said }]',
  signature: 'signature: [read, understood]',
  course: 'course: staff',
  years: 'years: 75',
  holders_max: 'holders_max: 1',
  within_days: 'within_days: 30',
  posts_min: 'posts_min: 3',
  level_at_least: 'level_at_least: 3',
  times: 'times: 3',
  absences: 'absences: 3',
  web: 'web: https://www.council.example/page',
  email: 'email: safeguarding@school.example',
  counted_from: 'counted_from: birth',
  of: 'of: sexual-abuse',
  position: 'position: 1',
  statutory: 'statutory: early-help',
  school: 'school: { name: Example School, phase: primary, authority: derby }',
  phase: 'phase: primary',
  authority: 'authority: derby',
  team: 'team: [{ role: dsl, title: Designated safeguarding lead, source: policy 3 }]',
  calendar:
    'calendar: { source: policy 1, day_starts: { value: "08:45", source: policy 1 }, day_ends: { value: "15:15", source: policy 1 } }',
  day_starts: 'day_starts: { value: "08:45", source: policy 1 }',
  day_ends: 'day_ends: { value: "15:15", source: policy 1 }',
  close_of_business: 'close_of_business: { value: "16:30", source: policy 1 }',
  ends: 'ends: "13:00"',
  // Of rehearsals.
  profile: 'profile: west-park',
  people: 'people: { dsl: { roles: [dsl] } }',
  pupils: 'pupils: { amina: { authority: derby } }',
  events: 'events: [{ at: 2026-11-20 14:10, event: time.passes }]',
  at: 'at: 2026-11-20 14:10',
  event: 'event: concern.recorded',
  ref: 'ref: c1',
  about: 'about: [amina]',
  level: 'level: 3',
  choice: 'choice: refer',
  alleged: 'alleged: [teacher]',
  prompts: 'prompts: [disclosure, injury]',
  categories: 'categories: [neglect]',
  outcome: 'outcome: low-level',
  on: 'on: 2026-12-18',
  since: 'since: 2026-11-02',
  moment: 'moment: in-year',
  school_days: 'school_days: 3',
  authorised: 'authorised: false',
  status: 'status: looked-after',
  plan: 'plan: early-help',
  statuses: 'statuses: [looked-after]',
  absent: 'absent: [2026-11-20]',
  born: 'born: 2013-05-04',
  leaves_at: 'leaves_at: "15:15"',
}

/** What a field is, where its form alone does not tell. */
const meanings: Readonly<Record<string, string>> = {
  source: "where the value comes from: the document's key, a space and the section",
  within: 'by when; where the text gives no time, the value is `no time given`',
  value: 'the value itself; where the text gives no time, `no time given`',
  tell: '`all` tells everybody of the roles at once, `first` the first who is there',
  level: "the position in the authority's framework, 1 the lowest, or its id",
  by: 'whose act it is, by the key under people',
  about: 'whom it is about, by their keys, in brackets',
  at: 'the local date and time',
  ref: 'a name of your own for this matter, used again by its later events',
  rule: 'a name of your own, <feature>.<name>',
  outside: 'the contacts that are shown when nobody in school can be told',
  to: 'where to: of a pupil who leaves, the next school; of a term, its last day',
}

/** Fields that are a list in one place and a single word in another. */
const listForms: Readonly<Record<string, string>> = {
  tell: 'tell: [dsl, deputy-dsl]',
  by: 'by: [dsl, deputy-dsl]',
  names: 'names: [dsl]',
  school_days: 'school_days: [mon, tue, wed]',
  roles: 'roles: [dsl, deputy-dsl]',
}

/** What the form of a field holds, as the schema would call it. */
function kindOf(form: string): string {
  const value = form.slice(form.indexOf(': ') + 2)
  if (value.startsWith('[')) return 'array'
  if (value.startsWith('{')) return 'object'
  return /^\d+$/.test(value) ? 'number' : /^(true|false)$/.test(value) ? 'boolean' : 'string'
}

/** The form of a field, as `field: value`, of the kind that is wanted there; undefined for one that has none here. */
export function formOf(field: string, wanted?: string): string | undefined {
  const form = Object.hasOwn(forms, field) ? forms[field] : undefined
  const kind = wanted === 'record' ? 'object' : wanted === 'int' ? 'number' : wanted
  if (form === undefined || kind === undefined || kindOf(form) === kind) return form
  return kind === 'array' && Object.hasOwn(listForms, field) ? listForms[field] : undefined
}

/** What a field is for, in a few words. */
export function meaningOf(field: string): string | undefined {
  return Object.hasOwn(meanings, field) ? meanings[field] : undefined
}

/** Of the names that are known the one that was probably meant. */
export function likeliest(typed: string, known: readonly string[]): string | undefined {
  const word = typed.toLowerCase().replaceAll('_', '-')
  const named = known.map(name => ({ name, plain: name.toLowerCase().replaceAll('_', '-') }))
  const begins = named.filter(
    ({ plain }) => word.length > 2 && (plain.startsWith(word) || word.startsWith(plain) || plain.split('-').includes(word)),
  )
  const near = named
    .map(({ name, plain }) => ({ name, far: distance(word, plain) }))
    .filter(({ name, far }) => far <= Math.max(1, Math.floor(name.length / 4)))
    .toSorted((a, b) => a.far - b.far)
  return near[0]?.name ?? (begins.length > 0 && begins.length <= 2 ? begins[0]?.name : undefined)
}

/** How many letters must be changed, added or left out to make one word of the other; two that changed places count as one. */
function distance(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, index) => index)]
  for (let i = 1; i <= one.length; i++) {
    const above = rows[i - 1] ?? []
    const row = [i]
    for (let j = 1; j <= other.length; j++) {
      const change = (above[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1)
      const swapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1] ? (rows[i - 2]?.[j - 2] ?? 99) + 1 : 99
      row.push(Math.min(change, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, swapped))
    }
    rows.push(row)
  }
  return rows.at(-1)?.at(-1) ?? 0
}
