/** What is done for one kind of worry, and what is said of referring, in words. */
import { durationInWords } from './duration.ts'
import { whoInWords } from './duty-values.ts'
import type { Pathway, PathwayStep } from './pathways.ts'
import { type PolicyValue, value } from './policy-value.ts'
import type { Profile } from './profile.ts'

const words = (list: readonly string[]) => list.map(one => one.replaceAll('-', ' ')).join(', ')

function conditions({ when }: Pathway): string {
  const parts = [
    when.prompts.length > 0 && `what was noticed is ${words(when.prompts)}`,
    when.categories.length > 0 && `the category is ${words(when.categories)}`,
    when.answers.length > 0 && `the answer is ${words(when.answers.map(answer => answer.split('.').at(-1) ?? answer))}`,
    when.danger && 'a child is in danger now',
    when.levelAtLeast !== undefined && `the level of need is ${when.levelAtLeast} or above`,
    when.byHand && 'the team starts it',
  ]
  return parts.filter(part => part !== false).join(', or ')
}

const parentsNames: Readonly<Record<NonNullable<Pathway['parents']>, string>> = {
  'until-decided': 'Nobody speaks with the parents until the DSL has decided.',
  'until-advised': 'Nobody speaks with the parents until an agency has advised.',
  'until-lifted': 'Nobody speaks with the parents until the DSL lifts it.',
}

function contactsInWords(profile: Profile, contacts: readonly string[]): string {
  return contacts
    .map(key =>
      key.startsWith('home.')
        ? `${words([key.slice('home.'.length)])} of the authority where the child lives`
        : (profile.contacts[key]?.who ?? key),
    )
    .join('; ')
}

function stepInWords(profile: Profile, step: PathwayStep): string {
  const parts = [
    `${step.does}.`,
    step.by === 'recorder' &&
      `In person by whoever recorded it${step.roles.length > 0 ? `, where they are ${whoInWords(profile, step.roles)}` : ''}.`,
    step.after && `Once another step was tried ${step.after.tries} times in vain.`,
    step.opens === 'on-referring' && 'Once a referral is decided.',
    step.contacts.length > 0 && `With: ${contactsInWords(profile, step.contacts)}.`,
    step.within && `Due ${durationInWords(step.within.value)}.`,
    step.needs.length > 0 && `Written down: ${words(step.needs)}.`,
    step.second && 'Not doing it needs a second person of the team.',
    step.late &&
      `Where it is late, told: ${whoInWords(profile, step.late.tell)}${step.late.after ? ` (${durationInWords(step.late.after)})` : ''}.`,
  ]
  return parts.filter(part => typeof part === 'string').join(' ')
}

/** Every pathway with its steps, and the reasons for ringing the authority without the team. */
export function pathwayValues(profile: Profile): readonly PolicyValue[] {
  return [
    ...profile.pathways.flatMap(pathway => [
      value(
        'pathways',
        pathway.id,
        pathway.name,
        [
          `Holds where ${conditions(pathway)}.`,
          pathway.urgent && 'Urgent whatever the form says.',
          pathway.says,
          ...pathway.never.map(never => `Never: ${never}`),
          pathway.parents && parentsNames[pathway.parents],
          pathway.contacts.length > 0 && `Whom to ring: ${contactsInWords(profile, pathway.contacts)}.`,
        ]
          .filter(part => typeof part === 'string')
          .join(' '),
        pathway,
      ),
      ...pathway.steps.map((step, index) =>
        value('pathways', `${pathway.id} ${step.id}`, `${pathway.name}: step ${index + 1}`, stepInWords(profile, step), step),
      ),
      ...pathway.steps.flatMap((step, index) =>
        [
          step.within &&
            value(
              'pathways',
              `${pathway.id} ${step.id} within`,
              `${pathway.name}: step ${index + 1}, its time`,
              durationInWords(step.within.value),
              step.within,
            ),
          step.late &&
            value(
              'pathways',
              `${pathway.id} ${step.id} late`,
              `${pathway.name}: step ${index + 1}, who hears that it is late`,
              whoInWords(profile, step.late.tell),
              step.late,
            ),
        ].flatMap(one => one ?? []),
      ),
    ]),
    ...(profile.directReferral
      ? [
          value(
            'pathways',
            'direct referral',
            'Ringing the authority yourself',
            `${profile.directReferral.says} The reasons to choose from: ${profile.directReferral.reasons.map(({ name }) => name).join('; ')}.`,
            profile.directReferral,
          ),
        ]
      : []),
    ...profile.referrals.flatMap(destination => referralTerms(destination)),
  ]
}

function referralTerms(destination: Profile['referrals'][number]): readonly PolicyValue[] {
  const name = destination.authorityName ?? destination.authority
  const { phoneFirst, chased, channels = [], disabledChildren } = destination
  return [
    ...(disabledChildren
      ? [
          value(
            'referrals',
            `${destination.authority} disabled children`,
            `A request to ${name} for a child of the disabled children's service`,
            disabledChildren.contact,
            disabledChildren,
          ),
        ]
      : []),
    ...channels.map(channel =>
      value(
        'referrals',
        `${destination.authority} by ${channel.id}`,
        `A request to ${name} that is not urgent: ${channel.name}`,
        channel.needsAssessment ? 'With an assessment' : 'May be chosen',
        channel,
      ),
    ),
    ...(phoneFirst
      ? [
          value(
            'referrals',
            `${destination.authority} phone first`,
            `A referral to ${name} is telephoned before it is written`,
            phoneFirst.levelAtLeast === undefined ? 'Where it is urgent' : `From level ${phoneFirst.levelAtLeast} on`,
            phoneFirst,
          ),
        ]
      : []),
    ...(chased
      ? [
          value(
            'referrals',
            `${destination.authority} chased`,
            `${name} is asked for a missing answer`,
            durationInWords(chased.value),
            chased,
          ),
        ]
      : []),
  ]
}
