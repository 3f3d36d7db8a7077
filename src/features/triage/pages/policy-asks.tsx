/** What the school's policy says for what was reported and judged: whom to ring at this moment, what is to be done, what never. */
import type { VNode } from 'preact'
import type { Instant } from '../../../kernel/plain-date.ts'
import { contactsNow, type Pathway, pathwaysFor } from '../../../policy/pathways.ts'
import type { Profile } from '../../../policy/profile.ts'
import { contactToRing } from '../../concerns/index.ts'
import { areQuestionsHeld, type KeptStep } from '../../pathways/index.ts'
import type { ConcernFacts } from '../model.ts'
import { subjectsOf } from '../rules.ts'
import { dueInWords, waitInWords } from '../when.ts'
import { authorityName } from './known.tsx'
import { Moment, Words } from './parts.tsx'
import { Ringable } from './ring-now.tsx'

interface PolicyAsksProps {
  readonly profile: Profile
  readonly concern: ConcernFacts
  readonly now: Instant
  /** Whether the reader may write down what was done. */
  readonly mayAnswer: boolean
}

/** The pathways that hold for a concern as it stands, with those of which a step stands in it. */
function pathwaysOf({ profile, concern }: PolicyAsksProps): readonly Pathway[] {
  const held = pathwaysFor(profile, {
    prompts: concern.prompts,
    categories: concern.triage?.categories ?? [],
    danger: concern.triage?.immediateRisk === 'yes',
    adultAlleged: concern.adultAlleged,
    level: concern.triage?.levelPosition ?? 0,
  })
  return profile.pathways.filter(pathway => held.includes(pathway) || concern.steps.some(step => step.pathway === pathway.id))
}

function WhomToRing({ pathway, profile, concern, now }: PolicyAsksProps & { readonly pathway: Pathway }): VNode | null {
  const homes = [...new Set(subjectsOf(concern).map(child => child.homeAuthority ?? undefined))]
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

function StepLine({ step, concern, now, mayAnswer }: PolicyAsksProps & { readonly step: KeptStep }): VNode {
  const isOpen = step.settledAt === null
  return (
    <li>
      <strong>{step.does}</strong>
      {step.personalName && ` (${step.personalName}, in person)`}
      {step.consultedName && ` (${step.consultedName} is asked)`}
      {isOpen && (
        <p class="govuk-body govuk-!-margin-bottom-1">
          <strong>Not recorded for {waitInWords(step.openedAt, now)}</strong>
          {step.dueAt && step.dueAt > step.openedAt && `, ${dueInWords(step.dueAt, now)}`}.{' '}
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
        {step.standing === 'setting' && ' (a setting of the school: the policy does not say)'}
      </p>
    </li>
  )
}

/** For the safeguarding team, at triage, at the decision and on the concern's page. */
export function PolicyAsks(props: PolicyAsksProps): VNode | null {
  const { concern, mayAnswer } = props
  const pathways = pathwaysOf(props)
  if (pathways.length === 0) return null
  const held = areQuestionsHeld(concern.steps)
  const holding = concern.steps.findLast(step => step.events.some(event => event.holds))
  return (
    <section aria-labelledby="policy-asks">
      <h2 class="govuk-heading-m" id="policy-asks">
        What our policy says for this
      </h2>
      {held && (
        <p class="govuk-body">
          <strong>
            On hold: an agency has advised that nobody questions the children meanwhile. Actions that would ask them are paused.
          </strong>{' '}
          {mayAnswer && holding && (
            <a class="govuk-link" href={`/concerns/${concern.id}/steps/${holding.id}`}>
              They may be questioned again
            </a>
          )}
        </p>
      )}
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
              When each answers, and everybody else<span class="govuk-visually-hidden"> for {pathway.name}</span>
            </a>
          </p>
          <ul class="govuk-list">
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
