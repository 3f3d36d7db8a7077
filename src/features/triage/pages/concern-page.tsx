import type { VNode } from 'preact'
import type { Action } from '../../../access/index.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import { Beside, Button, ButtonGroup, Form, NotificationBanner, SummaryList } from '../../../web/components/index.ts'
import { AdviceTaken } from '../../advice/index.ts'
import { ChallengesOnConcern } from '../../challenges/index.ts'
import { DifferTag, EmergencyLine, headingOf } from '../../concerns/index.ts'
import { ContactsMade } from '../../contacts-made/index.ts'
import { isHouseholdHarm } from '../../household/index.ts'
import { ringingAnswers } from '../../questions/index.ts'
import type { ConcernFacts } from '../model.ts'
import type { ConcernContent, Meanwhile } from '../page-model.ts'
import { replyTitles, toldUs, whoToldUs } from '../replies.ts'
import { childrenNow, isDangerous, isForAdultsOnly, isReferring, mayDo } from '../rules.ts'
import { ReferAfterTheCall } from './after-the-call.tsx'
import { MadeOfIt } from './made-of-it.tsx'
import { MeanwhileSection, StandingIn } from './meanwhile.tsx'
import { NotSeenYet } from './not-seen-yet.tsx'
import { ParentsHeld } from './parents-held.tsx'
import { childInWords, Moment, StateTag } from './parts.tsx'
import { hasPolicyAsks, PolicyAsks, PolicyAsksInShort, QuestionsHeld } from './policy-asks.tsx'
import { HeardBack, WhoWaits } from './replies.tsx'
import { Reported } from './reported.tsx'
import { RingNow } from './ring-now.tsx'
import { Clocks, WhoWasTold } from './watching.tsx'

export interface ConcernPageProps {
  readonly profile: Profile
  readonly now: Instant
  readonly concern: ConcernFacts
  readonly content: ConcernContent
  readonly meanwhile: Meanwhile
  /** What the reader may do with this concern: somebody with whom it was shared sees only what was reported. */
  may(action: Action): boolean
  readonly formToken: string
  readonly commandKey: string
  readonly countersignKey: string
  /** What was just done, or why it could not be. */
  readonly notice?: { readonly says: string; readonly isSuccess: boolean } | undefined
}

/** The adults at risk and the children of a concern, which is what a page about it is called; a child who only told us is named below. */
export function concernTitle(concern: ConcernFacts): string {
  const children = childrenNow(concern).filter(child => child.involvement !== 'source')
  return [
    ...concern.adultsAtRisk.map(name => `${name}, an adult at risk`),
    ...children.map(child => childInWords(child, concern.children)),
  ].join('; ')
}

/** The step that the concern waits for, before everything else on the page. */
function FirstStep({ concern, formToken, commandKey }: ConcernPageProps): VNode | null {
  const at = `/concerns/${concern.id}`
  const owesReferral =
    concern.latestDecision !== null &&
    isReferring(concern.latestDecision.choice) &&
    concern.referrals === 0 &&
    !isForAdultsOnly(concern) &&
    concern.state === 'open'
  if (mayDo('acknowledge', concern.state))
    return (
      <Form action={`${at}/acknowledge`} formToken={formToken} commandKey={commandKey}>
        <ButtonGroup>
          <Button preventDoubleClick>I have seen it and have it now</Button>
          <a class="govuk-link" href={`${at}/triage`}>
            Triage it now
          </a>
          <a class="govuk-link" href={`${at}/decision`}>
            Emergency: judge and decide in one
          </a>
        </ButtonGroup>
      </Form>
    )
  if (concern.state === 'acknowledged')
    return (
      <ButtonGroup>
        <Button href={`${at}/triage`}>Triage</Button>
        <a class="govuk-link" href={`${at}/decision`}>
          Emergency: judge and decide in one
        </a>
      </ButtonGroup>
    )
  if (concern.state === 'triaged') return <Button href={`${at}/decision`}>Decide</Button>
  if (owesReferral) return <Button href={`${at}/referrals/new`}>Make the referral now</Button>
  return null
}

function OtherSteps({ profile, concern, content, may }: ConcernPageProps): VNode {
  const at = `/concerns/${concern.id}`
  const isOpen = concern.state !== 'closed'
  const isForAdults = isForAdultsOnly(concern)
  return (
    <ul class="govuk-list hf-no-print">
      {concern.state === 'open' && <Step href={`${at}/decision`}>Decide again</Step>}
      {(concern.state === 'triaged' || concern.state === 'open') && <Step href={`${at}/triage`}>Triage again</Step>}
      {isOpen && !isForAdults && <Step href={`${at}/parents`}>Record what parents know</Step>}
      {!isForAdults && <Step href={`${at}/family-contact`}>Write down a talk with a parent</Step>}
      <Step href={`${at}/advice`}>Take advice, and write it down</Step>
      <Step href={`${at}/emergency-call`}>Write down an emergency call</Step>
      {isOpen && !isForAdults && <Step href={`${at}/referrals/new`}>Make a referral</Step>}
      {childrenNow(concern).some(child => child.involvement === 'alleged') && (
        <Step href={`${at}/arrangements`}>What is arranged for each child, and meetings with parents</Step>
      )}
      {isOpen && profile.pathways.some(({ when }) => when.byHand) && (
        <Step href={`${at}/pathways`}>Start what the policy says where the police come, and the like</Step>
      )}
      {isOpen && <Step href={`${at}/actions/new`}>Give somebody an action</Step>}
      {whoToldUs
        .filter(whom => toldUs(whom, content))
        .map(whom => (
          <Step href={`${at}/replies/${whom}`}>{replyTitles[whom]}</Step>
        ))}
      <Step href={`${at}/tell-reporter`}>Tell the reporter something</Step>
      <Step href={`${at}/addenda/new`}>Add a note for the team</Step>
      {concern.triages > 0 && may('concern.amend') && <Step href={`${at}/amendments/new`}>Correct what was recorded</Step>}
      {isOpen && <Step href={`${at}/hand-over`}>Hand it to a colleague</Step>}
      {may('concern.link') &&
        isHouseholdHarm(profile, { categories: concern.triage?.categories ?? [], prompts: concern.prompts }) && (
          <Step href={`${at}/household`}>The household: brothers and sisters here</Step>
        )}
      {may('concern.link') && <Step href={`${at}/link`}>Link another report of the same event</Step>}
      {may('concern.move') && !isForAdults && (
        <Step href={`${at}/move`}>
          {childrenNow(concern).some(child => child.standing === 'unidentified')
            ? 'Say which child it is'
            : 'It is on the wrong child'}
        </Step>
      )}
      {may('read-log.concern') && <Step href={`${at}/who-looked`}>Who looked at this concern</Step>}
      {mayDo('close', concern.state) && <Step href={`${at}/close`}>Close it</Step>}
      {mayDo('reopen', concern.state) && may('concern.reopen') && <Step href={`${at}/reopen`}>Open it again</Step>}
    </ul>
  )
}

function Step({ href, children }: { readonly href: string; readonly children: string }): VNode {
  return (
    <li>
      <a class="govuk-link" href={href}>
        {children}
      </a>
    </li>
  )
}

function Standing({ profile, concern, content, now }: ConcernPageProps): VNode {
  const leads = content.leads.filter(name => name !== concern.ownerName)
  return (
    <SummaryList
      rows={[
        {
          key: 'Where it stands',
          value: (
            <>
              <StateTag state={concern.state} />
              {content.explanationsDiffer && (
                <>
                  {' '}
                  <a href="#marks">
                    <DifferTag />
                  </a>
                </>
              )}
            </>
          ),
        },
        { key: 'Who has it', value: concern.ownerName ?? 'Nobody yet' },
        leads.length > 0 && { key: 'Accountable', value: leads.join(', ') },
        {
          key: 'Seen',
          value: concern.acknowledgedAt ? (
            <>
              by {concern.acknowledgedBy}, <Moment at={concern.acknowledgedAt} now={now} />
            </>
          ) : (
            'Not acknowledged yet'
          ),
        },
        content.nextLookAt !== null &&
          concern.state === 'open' && { key: 'Next look', value: <Moment at={content.nextLookAt} now={now} /> },
        hasPolicyAsks({ profile, concern }) && {
          key: 'Our policy asks',
          value: <PolicyAsksInShort concern={concern} now={now} />,
        },
      ]}
    />
  )
}

function danger({ profile, concern, content }: ConcernPageProps): string | undefined {
  if (concern.state === 'closed') return undefined
  if (concern.triage) return isDangerous(concern.triage) ? 'Answered as dangerous: ring now if it is not settled' : undefined
  const [answered] = ringingAnswers(profile, content.answers)
  if (answered) return `Reported: ${answered}. Ring now if a child is in danger`
  return concern.urgent ? 'Reported as urgent: ring now if a child is in danger' : undefined
}

/** What came in, what is asked and what was made of it, with what may be done beside it. */
function ForTheTeam(props: ConcernPageProps): VNode {
  const { profile, concern, content, now } = props
  const opensFiles = props.may('file.read')
  return (
    <Beside
      asideLabel="What to do and what is running"
      aside={
        <>
          <h2 class="govuk-heading-s" id="can-do">
            What you can do
          </h2>
          <OtherSteps {...props} />
          <Clocks clocks={content.clocks} now={now} />
          <WhoWasTold profile={profile} told={content.told} now={now} />
        </>
      }
    >
      <p class="govuk-body hf-jumps">
        Further down:{' '}
        <a class="govuk-link" href="#can-do">
          what you can do
        </a>
        ,{' '}
        <a class="govuk-link" href="#clocks">
          clocks
        </a>
        ,{' '}
        <a class="govuk-link" href="#told">
          who was told
        </a>
      </p>
      {!opensFiles && <StandingIn concern={concern} meanwhile={props.meanwhile} />}
      <Standing {...props} />
      <Reported {...props} isTeam opensFiles={opensFiles} />
      <PolicyAsks profile={profile} concern={concern} now={now} mayAnswer />
      <ChallengesOnConcern concernId={concern.id} challenges={props.meanwhile.challenges} now={now} />
      <MeanwhileSection
        concern={concern}
        meanwhile={props.meanwhile}
        now={now}
        maySign={props.may('fallback.countersign')}
        formToken={props.formToken}
        commandKey={props.countersignKey}
      />
      <HeardBack concern={concern} content={content} now={now} />
      <AdviceTaken advice={concern.advice} now={now} />
      <ContactsMade calls={concern.emergencyCalls} talks={concern.familyContacts} now={now} />
      <MadeOfIt profile={profile} now={now} concern={concern} content={content} />
    </Beside>
  )
}

/** A concern as the safeguarding team reads it; whoever was given it to read sees the reported part alone. */
export function ConcernPage(props: ConcernPageProps): VNode {
  const { profile, concern, content, now, notice } = props
  const isTeam = props.may('concern.triage')
  const ringNow = danger(props)
  return (
    <>
      {notice && <NotificationBanner type={notice.isSuccess ? 'success' : undefined} text={notice.says} />}
      <span class="govuk-caption-l">
        {headingOf(profile, { prompts: concern.prompts, category: concern.category, urgent: concern.urgent })},{' '}
        {concern.reference}
      </span>
      <h1 class="govuk-heading-l">{concernTitle(concern)}</h1>
      {isTeam && ringNow && <RingNow profile={profile} id="ring-now" title={ringNow} />}
      {isTeam && concern.urgent && !ringNow && concern.state !== 'closed' && (
        <EmergencyLine profile={profile} now={now} href={`/concerns/${concern.id}/emergency-call`} />
      )}
      {isTeam && <ReferAfterTheCall concern={concern} profile={profile} now={now} withLink />}
      {isTeam && <NotSeenYet concern={concern} now={now} />}
      {isTeam && <WhoWaits concern={concern} now={now} />}
      <ParentsHeld concern={concern} hold={content.hold} mayLift={props.may('parents.lift-hold')} now={now} />
      {isTeam && <QuestionsHeld concern={concern} mayAnswer />}
      {isTeam && <FirstStep {...props} />}
      {isTeam ? <ForTheTeam {...props} /> : <Reported {...props} isTeam={false} opensFiles={props.may('file.read')} />}
    </>
  )
}
