import type { VNode } from 'preact'
import type { Actor } from '../../../access/index.ts'
import { dayInWords, momentInWords, nearEndInWords, nearMomentInWords, timeInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import {
  Button,
  Details,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  InsetText,
  NotificationBanner,
  SummaryCard,
  SummaryList,
  type SummaryRow,
  Textarea,
  WarningText,
  Words,
} from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { AdviceTaken } from '../../advice/index.ts'
import { OwnChallenges } from '../../challenges/index.ts'
import {
  accountBoxes,
  BodyMapPicture,
  CannotReach,
  DoNotTellParents,
  EmergencyLine,
  evidenceKindNames,
  involvementNames,
  KeptScan,
  Next,
  type RecordedConcern,
  Unreached,
  WhoHasIt,
} from '../../concerns/index.ts'
import { ContactsMade } from '../../contacts-made/index.ts'
import { answerRows } from '../../questions/index.ts'
import { consentNames, type OwnWords, type WrittenAdult, type WrittenPart } from '../model.ts'

export interface OwnPageProps {
  readonly concern: RecordedConcern
  readonly words: OwnWords
  readonly errors: FieldErrors
}

/** Somebody's own words, with their line breaks, in whatever direction they run. */
function Said({ text }: { readonly text: string }): VNode {
  return <Words as="div">{text}</Words>
}

function Told({ words, now }: { readonly words: OwnWords; readonly now: Instant }): VNode | null {
  const told = words.additions.filter(addition => addition.kind === 'feedback')
  if (told.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">What you have been told</h2>
      {told.map(addition => (
        <InsetText>
          <Said text={addition.says} />
          <p class="hf-meta govuk-!-margin-bottom-0">
            {addition.by ?? 'The safeguarding team'}, {nearMomentInWords(addition.at, now)}
          </p>
        </InsetText>
      ))}
    </>
  )
}

function whenInWords(words: OwnWords): string {
  const day = words.happenedOn ? dayInWords(words.happenedOn) : words.happenedSays || 'Not said'
  return `${day}${words.happenedAtTime ? ` at ${timeInWords(words.happenedAtTime)}` : ''}`
}

const adultParts: Readonly<Record<WrittenAdult['involvement'], string>> = {
  alleged: 'said to have harmed, or part of the worry',
  'at-risk': 'you are worried for them',
  witness: 'saw or heard it',
  present: 'was there',
  told: 'told by voice',
}

function adultLine(adult: WrittenAdult): string {
  const at = adult.toldAt ? `, ${momentInWords(adult.toldAt)}` : ''
  return `${adult.name}${adult.relation ? ` (${adult.relation})` : ''}: ${adultParts[adult.involvement]}${at}`
}

function Lines({ lines }: { readonly lines: readonly string[] }): VNode {
  return (
    <ul class="govuk-list govuk-!-margin-bottom-0">
      {lines.map(line => (
        <li>{line}</li>
      ))}
    </ul>
  )
}

function factRows(words: OwnWords, profile: Profile): SummaryRow[] {
  const prompts = profile.concern.prompts.filter(prompt => words.prompts.includes(prompt.id)).map(prompt => prompt.name)
  const category = profile.concern.reporterCategories.find(option => option.id === words.category)?.name
  const rows: (SummaryRow & { readonly isShown: boolean })[] = [
    {
      key: 'Children',
      value: <Lines lines={words.children.map(child => `${child.name}: ${involvementNames[child.involvement]}`)} />,
      isShown: words.children.length > 0,
    },
    { key: 'What made you worried', value: <Lines lines={prompts} />, isShown: prompts.length > 0 },
    { key: 'Category', value: category, isShown: category !== undefined },
    { key: 'When', value: whenInWords(words), isShown: true },
    { key: 'Written only then because', value: <Said text={words.lateReason ?? ''} />, isShown: words.lateReason !== null },
    { key: 'Where', value: words.location, isShown: words.location !== '' },
    { key: 'Adults', value: <Lines lines={words.adults.map(adultLine)} />, isShown: words.adults.length > 0 },
    {
      key: 'Written for',
      value: `${words.onBehalfOf}${words.firstWrittenAt ? `, first written ${momentInWords(words.firstWrittenAt)}` : ''}`,
      isShown: words.onBehalfOf !== null,
    },
  ]
  return rows.filter(row => row.isShown)
}

function Part({ part, isOnly }: { readonly part: WrittenPart; readonly isOnly: boolean }): VNode {
  const rows = accountBoxes.flatMap(box => (part[box.key] ? [{ key: box.says, value: <Said text={part[box.key]} /> }] : []))
  if (isOnly) return <SummaryList rows={rows} />
  return (
    <SummaryCard
      title={part.part === 1 ? `First lines, ${momentInWords(part.writtenAt)}` : `Finished ${momentInWords(part.writtenAt)}`}
      headingLevel={3}
    >
      <SummaryList rows={rows} />
    </SummaryCard>
  )
}

function Scans({ concern, words }: { readonly concern: RecordedConcern; readonly words: OwnWords }): VNode | null {
  if (words.scans.length === 0)
    return (
      <p class="govuk-body">
        <a class="govuk-link" href={`/concerns/${concern.id}/evidence`}>
          Attach a paper, or something the child gave you
        </a>
      </p>
    )
  return (
    <>
      <h3 class="govuk-heading-s">What you attached</h3>
      <ul class="govuk-list govuk-list--bullet">
        {words.scans.map(scan => (
          <li>
            <KeptScan scan={scan} href={`/concerns/${concern.id}/evidence/${scan.id}`}>
              {evidenceKindNames[scan.kind]}, {momentInWords(scan.addedAt)}
            </KeptScan>
          </li>
        ))}
      </ul>
      <p class="govuk-body">
        <a class="govuk-link" href={`/concerns/${concern.id}/evidence`}>
          Attach something more
        </a>
      </p>
    </>
  )
}

function Written({ concern, words, profile }: Omit<OwnPageProps, 'errors'> & { readonly profile: Profile }): VNode {
  if (concern.receiptOnly)
    return (
      <>
        <h2 class="govuk-heading-m">Your receipt</h2>
        <p class="govuk-body">
          What you wrote was kept, {momentInWords(concern.recordedAt)}, reference {concern.reference}. Only the safeguarding team
          deals with it, so it is not shown here again. Speak of it to nobody.
        </p>
      </>
    )
  return (
    <>
      <h2 class="govuk-heading-m">What you wrote</h2>
      <DoNotTellParents concern={concern} />
      <SummaryList rows={factRows(words, profile)} />
      {words.parts.map(part => (
        <Part part={part} isOnly={words.parts.length === 1} />
      ))}
      {concern.answers.length > 0 && <SummaryList rows={answerRows(profile, concern.answers)} />}
      <BodyMapPicture
        marks={words.children.length > 1 ? words.marks : words.marks.map(mark => ({ ...mark, childName: undefined }))}
        explanations={words.explanations}
        addHref={n => `/my-concerns/${concern.id}/explanations/new?mark=${n}`}
      />
      <Scans concern={concern} words={words} />
    </>
  )
}

function Added({ words, now }: { readonly words: OwnWords; readonly now: Instant }): VNode | null {
  const added = words.additions.filter(addition => addition.kind === 'reporter')
  if (added.length === 0 && words.referrals.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">What you added since</h2>
      {words.referrals.map(referral => (
        <InsetText>
          <p>
            <strong>You rang {referral.destination}</strong> about {referral.childName}, {momentInWords(referral.at)}. You spoke
            to {referral.withWhom}.
          </p>
          <Said text={referral.says} />
          <p>
            The parents: {consentNames[referral.consent].toLowerCase()}.
            {referral.consentSays && <Said text={referral.consentSays} />}
          </p>
        </InsetText>
      ))}
      {added.map(addition => (
        <InsetText>
          <Said text={addition.says} />
          <p class="hf-meta govuk-!-margin-bottom-0">Added {nearMomentInWords(addition.at, now)}</p>
        </InsetText>
      ))}
    </>
  )
}

type OwnRequest = Request<'concern.own' | 'concern.add-to-own', Actor>

function AddForm({
  request,
  concern,
  errors,
}: {
  readonly request: OwnRequest
  readonly concern: RecordedConcern
  readonly errors: FieldErrors
}): VNode {
  return (
    <Form action={`/my-concerns/${concern.id}/addenda`} formToken={request.formToken} commandKey={request.newCommandKey()}>
      <Textarea
        name="says"
        label="Add to it"
        labelSize="m"
        hint="Something you remembered, saw or heard since, or got wrong. What you wrote before stays as it is, and whoever has the concern is told."
        value={request.form.text('says')}
        error={findError(errors, 'says')}
        attributes={{ dir: 'auto' }}
      />
      <Button>Add this</Button>
    </Form>
  )
}

function DirectReferralLink({ concern }: { readonly concern: RecordedConcern }): VNode {
  return (
    <Details summary="I have rung social care or the police myself, or I want to">
      <p>Anybody may. The numbers are on your home page. Afterwards, write down whom you spoke to and what they said.</p>
      <a class="govuk-link" href={`/concerns/${concern.id}/direct-referral`}>
        Record that I have rung
      </a>
      <p>
        <a class="govuk-link" href={`/my-concerns/${concern.id}/emergency-call`}>
          Write down an emergency call
        </a>
      </p>
    </Details>
  )
}

/** Somebody without an account told it: their signed paper is attached by whoever typed it. */
function PaperAwaited({
  concern,
  words,
  now,
}: {
  readonly concern: RecordedConcern
  readonly words: OwnWords
  readonly now: Instant
}): VNode | null {
  const awaited = words.awaited.filter(
    account => !account.isAsked && !account.outside && account.why !== 'stub' && account.metAt === null,
  )
  if (awaited.length === 0) return null
  return (
    <InsetText>
      {awaited.map(account => (
        <p>
          <strong>Awaiting the written account of {account.name}</strong>
          {account.dueAt && `, due ${nearEndInWords(account.dueAt, now)}`}. Ask them to write it on paper and to sign it.
        </p>
      ))}
      <Button href={`/concerns/${concern.id}/evidence`} look="secondary">
        Attach their signed account
      </Button>
    </InsetText>
  )
}

/** One's own concern: where it is, what one was told, what one wrote, and nothing of anybody else. */
export function ownConcernPage(request: OwnRequest, page: OwnPageProps): string {
  const { concern, words, errors } = page
  const props = { concern, profile: request.profile, now: request.now }
  const isUnreached = concern.state === 'unreached'
  return pageFor(
    request,
    {
      title: `Your concern ${concern.reference}`,
      errors,
      back: { href: '/my-concerns', text: 'My concerns' },
      quickExit: true,
      printedAbout: concern.reference,
    },
    <>
      <ErrorSummaryFor errors={errors} />
      {request.query.has('added') && <NotificationBanner type="success" text="Added. Whoever has your concern has been told." />}
      {request.query.has('contact') && <NotificationBanner type="success" text="Written down: it stands with your concern." />}
      {request.query.has('challenged') && (
        <NotificationBanner type="success" text="Sent. Somebody must answer you in writing: you are told here." />
      )}
      {request.query.has('explained') && (
        <NotificationBanner type="success" text="Kept with the injury. Whoever has your concern has been told." />
      )}
      {request.query.has('finished') && (
        <NotificationBanner type="success" text="Your record is finished. Whoever has it has been told." />
      )}
      {request.query.has('referred') && (
        <NotificationBanner type="success" text="Recorded: what you did stands with your concern." />
      )}
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">Reference {concern.reference}</span>
        Your concern of {momentInWords(concern.recordedAt)}
      </h1>
      {concern.stub && (
        <InsetText>
          <p>You left a few lines and wanted to finish later.</p>
          <Button href={`/concerns/${concern.id}/finish`}>Finish the record now</Button>
        </InsetText>
      )}
      <PaperAwaited concern={concern} words={words} now={request.now} />
      {words.duties.map(duty =>
        duty.settledAt ? (
          <p class="govuk-body">Done: {duty.does}.</p>
        ) : (
          <WarningText>
            You owe this in person, and nobody can do it for you:{' '}
            <a class="govuk-link" href={`/my-steps/${duty.id}`}>
              {duty.does}
            </a>
          </WarningText>
        ),
      )}
      {concern.urgent && (
        <EmergencyLine profile={request.profile} now={request.now} href={`/my-concerns/${concern.id}/emergency-call`} />
      )}
      {isUnreached ? <Unreached {...props} /> : <h2 class="govuk-heading-m">Who has it</h2>}
      {concern.told.length > 0 && <WhoHasIt {...props} />}
      <p class="govuk-body">
        {concern.acknowledgedAt ? (
          <strong>
            Seen{concern.acknowledgedBy ? ` by ${concern.acknowledgedBy}` : ''}{' '}
            {nearMomentInWords(concern.acknowledgedAt, request.now)}.
          </strong>
        ) : (
          'Not seen yet.'
        )}
      </p>
      <CannotReach concern={concern} formToken={request.formToken} commandKey={request.newCommandKey()} />
      <Told words={words} now={request.now} />
      <Next {...props} />
      <OwnChallenges concernId={concern.id} challenges={words.challenges} now={request.now} />
      <Written concern={concern} words={words} profile={request.profile} />
      <AdviceTaken advice={words.advice} now={request.now} />
      <ContactsMade calls={words.calls} talks={words.talks} now={request.now} />
      <Added words={words} now={request.now} />
      <AddForm request={request} concern={concern} errors={errors} />
      {!isUnreached && <DirectReferralLink concern={concern} />}
      <p class="govuk-body">
        <a class="govuk-link" href={`/my-concerns/${concern.id}/advice`}>
          Ask somebody outside for advice, and write it down
        </a>
      </p>
      <Details summary="I have spoken with a parent, or I want to">
        <p>Speak with one of the safeguarding team first. Afterwards, write down what was said.</p>
        <a class="govuk-link" href={`/my-concerns/${concern.id}/family-contact`}>
          Write down a talk with a parent
        </a>
      </Details>
    </>,
  )
}
