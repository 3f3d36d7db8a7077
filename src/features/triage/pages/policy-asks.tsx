/** What the school's policy says for what was reported and judged: whom to ring at this moment, what is to be done, what never. */
import type { VNode } from 'preact'
import type { Instant } from '../../../kernel/plain-date.ts'
import { contactsNow, type Pathway, pathwaysFor } from '../../../policy/pathways.ts'
import type { Profile } from '../../../policy/profile.ts'
import { Badge, WarningText } from '../../../web/components/index.ts'
import { contactToRing } from '../../concerns/index.ts'
import { areQuestionsHeld, isStepLate, type KeptStep } from '../../pathways/index.ts'
import type { ConcernFacts } from '../model.ts'
import { subjectsOf } from '../rules.ts'
import { agoInWords, dueInWords, waitInWords } from '../when.ts'
import { authorityName } from './known.tsx'
import { Moment, Words } from './parts.tsx'
import { Ringable } from './ring-now.tsx'

export interface PolicyAsksProps {
  readonly profile: Profile
  readonly concern: ConcernFacts
  readonly now: Instant
  /** Whether the reader may write down what was done. */
  readonly mayAnswer: boolean
}

/** The pathways that hold for a concern as it stands, with those of which a step stands in it. */
function pathwaysOf({ profile, concern }: Pick<PolicyAsksProps, 'profile' | 'concern'>): readonly Pathway[] {
  const held = pathwaysFor(profile, {
    prompts: concern.prompts,
    categories: concern.triage?.categories ?? [],
    danger: concern.triage?.immediateRisk === 'yes',
    adultAlleged: concern.adultAlleged,
    level: concern.triage?.levelPosition ?? 0,
  })
  return profile.pathways.filter(pathway => held.includes(pathway) || concern.steps.some(step => step.pathway === pathway.id))
}

/** Whether the policy says anything for this one besides what it says for every one. */
export function hasPolicyAsks(about: Pick<PolicyAsksProps, 'profile' | 'concern'>): boolean {
  return pathwaysOf(about).length > 0
}

function WhomToRing({ pathway, profile, concern, now }: PolicyAsksProps & { readonly pathway: Pathway }): VNode | null {
  const known = [...new Set(subjectsOf(concern).map(child => child.homeAuthority ?? undefined))]
  // Nobody knows where an adult at risk lives: every front door is shown.
  const homes = known.length > 0 ? known : [undefined]
  const keys = [...new Set([...pathway.contacts, ...pathway.steps.flatMap(step => step.contacts)])]
  if (keys.length === 0) return null
  return (
    <>
      {homes.map(home => (
        <>
          {homes.length > 1 && (
            <p class="govuk-body govuk-!-margin-bottom-1">
              {home ? `For a child who lives in ${authorityName(profile, home)}:` : 'For a child whose authority is not known:'}
            </p>
          )}
          <Ringable
            contacts={contactsNow(profile, keys, home, now).map(({ contact, isOpen }) => {
              const ring = contactToRing(contact, undefined, now)
              return contact.phone || contact.email || contact.web
                ? { ...ring, detail: `${isOpen === true ? 'Answers now: ' : ''}${ring.detail}` }
                : { ...ring, detail: `${ring.detail} No number is known here: find it before you need it.` }
            })}
          />
        </>
      ))}
    </>
  )
}

const kinds = {
  done: 'Done',
  'not-done': 'Not done, because',
  proposed: 'Proposed not to do it, because',
  agreed: 'Agreed by a second of the team',
  tried: 'Tried in vain',
  asked: 'Asked for advice, which is awaited',
  released: 'The children may be questioned again',
} as const

function Done({ step, now }: { readonly step: KeptStep; readonly now: Instant }): VNode {
  return (
    <>
      {step.events.map(event => (
        <>
          <p class="govuk-body govuk-!-margin-bottom-1">
            {kinds[event.kind]}: {event.byName}, <Moment at={event.at} now={now} />
            {event.kind === 'done' && `, ${waitInWords(step.openedAt, event.at)} after it was opened`}
            {event.withWhom && `; with ${event.withWhom}`}
            {event.adultName && `; ${event.adultName}`}
            {event.reference && `; reference ${event.reference}`}
          </p>
          {event.says && <Words>{event.says}</Words>}
        </>
      ))}
    </>
  )
}

/** By when a step is asked for; one without a time of its own says nothing. */
function Due({ step, now }: { readonly step: KeptStep; readonly now: Instant }): VNode | null {
  if (step.dueAt === null) return null
  const isAtOnce = step.dueAt <= step.openedAt
  const says = isAtOnce ? 'to be done at once' : dueInWords(step.dueAt, now)
  return isStepLate(step, now) ? <Badge kind="overdue">{isAtOnce ? `late: ${says}` : says}</Badge> : <>{says}.</>
}

function StepLine({ step, concern, now, mayAnswer }: PolicyAsksProps & { readonly step: KeptStep }): VNode {
  const isOpen = step.settledAt === null
  return (
    <li>
      <strong>{step.does}</strong>
      {step.personalName && ` (${step.personalName}, in person)`}
      {step.consultedName && ` (${step.consultedName} is asked)`}
      {isOpen && (
        <p class="govuk-body govuk-!-margin-bottom-1">
          <strong>Not recorded yet: opened {agoInWords(step.openedAt, now)}.</strong> <Due step={step} now={now} />{' '}
          {mayAnswer && step.personalTo === null && (
            <a class="govuk-link" href={`/concerns/${concern.id}/steps/${step.id}`}>
              Write down what was done, or why not
            </a>
          )}
        </p>
      )}
      <Done step={step} now={now} />
      <p class="govuk-hint govuk-!-margin-bottom-2">
        {step.source}
        {step.standing === 'setting' && ' (a setting: the policy does not say)'}
      </p>
    </li>
  )
}

/** That nobody questions the children meanwhile, as an agency has advised: before everything that the page says. */
export function QuestionsHeld({ concern, mayAnswer }: Pick<PolicyAsksProps, 'concern' | 'mayAnswer'>): VNode | null {
  if (!areQuestionsHeld(concern.steps)) return null
  const holding = concern.steps.findLast(step => step.events.some(event => event.holds))
  return (
    <>
      <WarningText>
        On hold: an agency has advised that nobody questions the children meanwhile. Actions that would ask them are paused.
      </WarningText>
      {mayAnswer && holding && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/concerns/${concern.id}/steps/${holding.id}`}>
            They may be questioned again
          </a>
        </p>
      )}
    </>
  )
}

/** How much the policy asks, for the head of the page: what is said in full stands further down. */
export function PolicyAsksInShort({ concern, now }: Pick<PolicyAsksProps, 'concern' | 'now'>): VNode {
  const { steps } = concern
  if (steps.length === 0)
    return (
      <a class="govuk-link" href="#policy-asks">
        Whom to ring, and what to leave alone
      </a>
    )
  const open = steps.filter(step => step.settledAt === null)
  const late = open.filter(step => isStepLate(step, now)).length
  return (
    <>
      <a class="govuk-link" href="#policy-asks">
        {steps.length === 1 ? '1 step' : `${steps.length} steps`}
      </a>
      {open.length === 0 ? ', all settled' : `, ${open.length} still to do`}{' '}
      {late > 0 && <Badge kind="overdue">{late} late</Badge>}
    </>
  )
}

/** For the safeguarding team, at triage, at the decision and on the concern's page. */
export function PolicyAsks(props: PolicyAsksProps): VNode | null {
  const { concern } = props
  const pathways = pathwaysOf(props)
  if (pathways.length === 0) return null
  return (
    <section aria-labelledby="policy-asks">
      <h2 class="govuk-heading-m" id="policy-asks">
        What our policy says for this
      </h2>
      {pathways.map(pathway => (
        <>
          <h3 class="govuk-heading-s govuk-!-margin-bottom-1">{pathway.name}</h3>
          {pathway.standsAs && (
            <p class="govuk-body govuk-!-margin-bottom-1">
              The child’s part: <strong>{pathway.standsAs}</strong>
            </p>
          )}
          {pathway.never.map(line => (
            <p class="govuk-body govuk-!-margin-bottom-1">
              <strong>{line}</strong>
            </p>
          ))}
          <WhomToRing {...props} pathway={pathway} />
          <p class="govuk-body govuk-!-margin-bottom-1">
            <a class="govuk-link" href={`/help#matter-${pathway.id}`}>
              Everybody to ring, and when each answers<span class="govuk-visually-hidden"> for {pathway.name}</span>
            </a>
          </p>
          <ul class="govuk-list govuk-list--bullet">
            {concern.steps
              .filter(step => step.pathway === pathway.id)
              .map(step => (
                <StepLine {...props} step={step} />
              ))}
          </ul>
        </>
      ))}
    </section>
  )
}
