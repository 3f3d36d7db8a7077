import type { VNode } from 'preact'
import type { Profile } from '../../../policy/profile.ts'
import type { PolicyValue, ValueKind } from '../../../policy/profile-values.ts'
import { Scroll, Table } from '../../../web/components/index.ts'
import { Cite } from './cite.tsx'

/** What each kind of value is called on pages. */
export const kindTitles: Readonly<Record<ValueKind, string>> = {
  routes: 'Who is told',
  listeners: 'Who hears besides, and when nobody answers',
  clocks: 'What is due when',
  pupils: 'When something happens to a pupil',
  training: 'What people must be trained in',
  reading: 'What people must read',
  reviews: 'What the school checks and reviews',
  emergency: 'In an emergency',
  contacts: 'Whom to ring',
  levels: 'Levels of need',
  referrals: 'Where a referral goes',
  pathways: 'What is done for one kind of worry',
  required: 'What a record must hold',
  conduct: 'Worries about adults: what is written',
  choices: 'What is chosen from',
  reminders: 'What the form reminds of',
  questions: 'What is asked besides',
  signs: 'Signs that are looked for',
  team: 'The team',
  cover: 'Cover and the mailbox',
  calendar: 'Terms and the school day',
  retention: 'How long records are kept',
  answered: 'Where the policy says nothing, the school has decided',
  more: 'What else the policy sets',
  gaps: 'What the policy does not say',
}

/** Where a value comes from, and the way to its rule. */
export function Authority({ profile, value }: { readonly profile: Profile; readonly value: PolicyValue }): VNode {
  return (
    <>
      {value.source ? (
        <Cite profile={profile} source={value.source} standing={value.standing} reading={value.reading} from={value.from} />
      ) : (
        <span class="hf-meta">See each of them under “Whom to ring”</span>
      )}
      {value.rule && (
        <>
          {' '}
          <a class="govuk-link" href={`/policy/rules/${value.rule}`}>
            Why?<span class="govuk-visually-hidden"> {value.what}</span>
          </a>
        </>
      )}
    </>
  )
}

/** Values of one kind with where each comes from. */
export function ValuesTable({
  profile,
  kind,
  values,
  title = kindTitles[kind],
}: {
  readonly profile: Profile
  readonly kind: ValueKind
  readonly values: readonly PolicyValue[]
  /** Where a page has two tables of one kind. */
  readonly title?: string
}): VNode {
  return (
    <Scroll label={title}>
      <Table
        caption={title}
        captionClass="govuk-visually-hidden"
        head={['What', 'What it says', 'Where it comes from']}
        rows={values.map(value => [value.what, value.says, <Authority profile={profile} value={value} />])}
      />
    </Scroll>
  )
}
