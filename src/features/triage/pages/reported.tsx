/** The concern as it was reported: words kept apart, people, marks, scans. */
import type { VNode } from 'preact'
import { dayInWords, timeInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import { SummaryCard, SummaryList } from '../../../web/components/index.ts'
import { AwaitedAccounts, isSecondHand } from '../../accounts/index.ts'
import {
  BodyMapPicture,
  DifferTag,
  delaysInWords,
  delaysOf,
  evidenceKindNames,
  isWrittenAfterDeparture,
  isWrittenLate,
  KeptScan,
  wayItCameNames,
} from '../../concerns/index.ts'
import { answerRows } from '../../questions/index.ts'
import type { ConcernFacts } from '../model.ts'
import type { AccountPart, ConcernContent } from '../page-model.ts'
import { childrenNow } from '../rules.ts'
import { involvementNames } from '../words.ts'
import { Flagged } from './flagged.tsx'
import { childInWords, childName, Moment, Section, Words } from './parts.tsx'

export interface ReportedProps {
  readonly profile: Profile
  readonly now: Instant
  readonly concern: ConcernFacts
  readonly content: ConcernContent
}

const behalfReasons: Readonly<Record<string, string>> = {
  'no-account': 'told by somebody without an account',
  spoken: 'told by voice',
  'colleague-mail': 'copied from a colleague’s mail',
  'paper-form': 'copied from a paper form',
  'agency-call': 'a telephone call from an agency',
  'agency-mail': 'an e-mail from an agency',
  'agency-letter': 'a letter from an agency',
  parent: 'told by a parent or carer',
}

/** Who reported it and, where that is somebody else, who typed it. */
export function reporterInWords(content: ConcernContent): string {
  if (content.onBehalfOf) {
    const how = behalfReasons[content.onBehalfReason ?? ''] ?? 'on somebody’s behalf'
    return `${content.onBehalfOf} (${how}; entered by ${content.writer ?? 'somebody no longer listed'})`
  }
  if (content.outsideReporter)
    return `${content.outsideReporter}, by the school’s own link${content.outsideContact ? ` (${content.outsideContact})` : ''}`
  return content.reporter ?? 'Somebody no longer listed'
}

/** When it happened, as far as it was said. */
export function happenedInWords(concern: ConcernFacts, content: ConcernContent): string {
  const day = concern.happenedOn ? dayInWords(concern.happenedOn) : undefined
  const time = concern.happenedAtTime ? `at ${timeInWords(concern.happenedAtTime)}` : undefined
  return [day, time, content.happenedSays].filter(Boolean).join(' ') || 'Not said'
}

/** Reasons of writing for somebody where what came first was told, not written. */
const toldFirst: readonly (string | null)[] = ['no-account', 'spoken', 'agency-call', 'parent']

function timesOf(concern: ConcernFacts, content: ConcernContent) {
  return {
    happenedOn: concern.happenedOn,
    happenedAtTime: concern.happenedAtTime,
    toldAt: content.adults.flatMap(adult => (adult.involvement === 'told' && adult.toldAt ? [adult.toldAt] : [])),
    firstWrittenAt: content.firstWrittenAt,
    recordedAt: concern.recordedAt,
    disclosure: content.disclosure,
  }
}

/** Had the first of the children whom it is about left when it was written? */
function isAfterLeaving(profile: Profile, concern: ConcernFacts, content: ConcernContent): boolean {
  const leaves = childrenNow(concern).flatMap(child =>
    child.involvement === 'subject' && child.leavesAt ? [child.leavesAt] : [],
  )
  return isWrittenAfterDeparture(profile, {
    ...timesOf(concern, content),
    writtenAt: concern.stub ? null : (content.accounts.at(-1)?.writtenAt ?? concern.recordedAt),
    leavesAt: leaves.toSorted()[0] ?? null,
  })
}

/** How long after it happened somebody was told and it was written down, as far as the times are known. */
export function delayInWords(concern: ConcernFacts, content: ConcernContent): string | null {
  const delays = delaysOf(timesOf(concern, content))
  return delaysInWords(delays, toldFirst.includes(content.onBehalfReason) ? 'told' : 'written')
}

function Delay({ profile, concern, content }: Omit<ReportedProps, 'now'>): VNode {
  const isLate = isWrittenLate(profile, concern.happenedOn, concern.recordedAt)
  const says = delayInWords(concern, content)
  return (
    <>
      {isLate && <strong>Written late: the policy asks for it on the same day. </strong>}
      {isAfterLeaving(profile, concern, content) && <strong>After departure: the child had left when it was written. </strong>}
      {says}
    </>
  )
}

const wordKinds = [
  { key: 'childWords', title: 'The child’s own words' },
  { key: 'seen', title: 'What was seen and heard' },
  { key: 'opinion', title: 'What the writer thinks' },
  { key: 'done', title: 'What was done' },
] as const satisfies readonly { key: keyof AccountPart; title: string }[]

function Part({
  part,
  isFirst,
  now,
  flags,
}: {
  readonly part: AccountPart
  readonly isFirst: boolean
  readonly now: Instant
  /** By which policy words are flagged; absent for whoever is not of the team. */
  readonly flags: Profile | undefined
}): VNode {
  return (
    <>
      {!isFirst && (
        <h3 class="govuk-heading-s">
          Finished later by {part.writtenBy ?? 'the person who reported it'}, <Moment at={part.writtenAt} now={now} />
        </h3>
      )}
      {wordKinds.map(
        ({ key, title }) =>
          part[key] !== '' && (
            <>
              <h3 class="govuk-heading-s govuk-!-margin-bottom-1">{title}</h3>
              <Words>{part[key]}</Words>
              {flags && key !== 'childWords' && <Flagged profile={flags} place="account" text={part[key]} />}
            </>
          ),
      )}
    </>
  )
}

function adultInWords(adult: ConcernContent['adults'][number]): string {
  return [adult.name, adult.relation, adult.ofSchool ? 'of this school' : undefined].filter(Boolean).join(', ')
}

function AdultsInIt({ content, now }: { readonly content: ConcernContent; readonly now: Instant }): VNode | null {
  const groups = [
    { title: 'At risk', of: 'at-risk' },
    { title: 'Said to have harmed', of: 'alleged' },
    { title: 'Saw or heard it', of: 'witness' },
    { title: 'There at the time', of: 'present' },
    { title: 'Told by voice', of: 'told' },
  ] as const
  const rows = groups.flatMap(group => {
    const adults = content.adults.filter(adult => adult.involvement === group.of)
    if (adults.length === 0) return []
    return [
      {
        key: group.title,
        value: (
          <ul class="govuk-list govuk-!-margin-bottom-0">
            {adults.map(adult => (
              <li>
                {adultInWords(adult)}
                {adult.toldAt && (
                  <>
                    , <Moment at={adult.toldAt} now={now} />
                  </>
                )}
              </li>
            ))}
          </ul>
        ),
      },
    ]
  })
  return rows.length > 0 ? <SummaryList rows={rows} /> : null
}

function Marks({
  concern,
  content,
  mayAdd,
}: {
  readonly concern: ConcernFacts
  readonly content: ConcernContent
  readonly mayAdd: boolean
}): VNode | null {
  if (content.marks.length === 0) return null
  const several = childrenNow(concern).length > 1
  return (
    <Section id="marks" title="Marks on the body">
      {content.explanationsDiffer && (
        <p class="govuk-body">
          <DifferTag /> What people say of how it happened does not agree, or nobody has said that it does.
        </p>
      )}
      <BodyMapPicture
        idPrefix="mark"
        marks={content.marks.map(mark => {
          const child = several ? concern.children.find(({ childId }) => childId === mark.childId) : undefined
          return child ? { ...mark, childName: childName(child) } : mark
        })}
        explanations={content.explanations}
        addHref={mayAdd ? n => `/concerns/${concern.id}/explanations/new?mark=${n}` : undefined}
      />
    </Section>
  )
}

function Scans({ concern, content, now }: Omit<ReportedProps, 'profile'>): VNode | null {
  if (content.attachments.length === 0) return null
  return (
    <Section id="scans" title="Scans kept with it">
      <ul class="govuk-list">
        {content.attachments.map(scan => (
          <li>
            <KeptScan scan={scan} href={`/concerns/${concern.id}/attachments/${scan.id}`}>
              {evidenceKindNames[scan.kind]} ({Math.max(1, Math.round(scan.sizeBytes / 1024))} kB)
            </KeptScan>
            Added by {scan.addedBy ?? 'the person who reported it'}, <Moment at={scan.addedAt} now={now} />
            {scan.circumstances !== '' && (
              <>
                <br />
                How it came about:
                <Words>{scan.circumstances}</Words>
              </>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

const addendumTitles = {
  reporter: 'Added by the reporter',
  'first-hand': 'First-hand account',
  team: 'Note of the safeguarding team',
  feedback: 'Told to the reporter',
} as const

function Addenda({
  profile,
  content,
  now,
  isTeam,
}: {
  readonly profile: Profile
  readonly content: ConcernContent
  readonly now: Instant
  readonly isTeam: boolean
}): VNode | null {
  const addenda = content.addenda.filter(addendum => isTeam || addendum.kind === 'reporter' || addendum.kind === 'first-hand')
  if (addenda.length === 0) return null
  return (
    <Section id="added-later" title="Added later">
      {addenda.map(addendum => (
        <SummaryCard title={addendumTitles[addendum.kind]} headingLevel={3}>
          <Words>{addendum.says}</Words>
          {isTeam && addendum.kind === 'reporter' && <Flagged profile={profile} place="additions" text={addendum.says} />}
          <p class="hf-meta">
            {addendum.author ?? 'Somebody without an account'}, <Moment at={addendum.at} now={now} />
          </p>
        </SummaryCard>
      ))}
    </Section>
  )
}

/** Who reported it, when and by which way, and what lies between. */
function HowItCame({ profile, concern, content, now }: ReportedProps): VNode {
  const category = profile.concern.reporterCategories.find(({ id }) => id === concern.category)
  return (
    <SummaryList
      rows={[
        { key: 'Reported by', value: reporterInWords(content) },
        isSecondHand(content.awaited) && {
          key: 'Second-hand',
          value: 'What stands here was written by somebody who did not see or hear it.',
        },
        content.awaited.length > 0 && {
          key: 'First-hand account',
          value: <AwaitedAccounts accounts={content.awaited} now={now} />,
        },
        { key: 'Recorded', value: <Moment at={concern.recordedAt} now={now} /> },
        content.firstWrittenAt !== null && {
          key: toldFirst.includes(content.onBehalfReason) ? 'First told' : 'First written',
          value: <Moment at={content.firstWrittenAt} now={now} />,
        },
        content.came !== null && { key: 'How it reached us', value: wayItCameNames[content.came] },
        { key: 'Happened', value: happenedInWords(concern, content) },
        (delayInWords(concern, content) !== null ||
          isWrittenLate(profile, concern.happenedOn, concern.recordedAt) ||
          isAfterLeaving(profile, concern, content)) && {
          key: 'Delay',
          value: <Delay profile={profile} concern={concern} content={content} />,
        },
        content.lateReason !== null && { key: 'Written only then because', value: content.lateReason },
        content.location !== null && content.location !== '' && { key: 'Where', value: content.location },
        category !== undefined && { key: 'The reporter’s category', value: category.name },
      ]}
    />
  )
}

/** What came in, apart from everything that was made of it. */
export function Reported({
  isTeam,
  opensFiles,
  ...props
}: ReportedProps & { readonly isTeam: boolean; readonly opensFiles: boolean }): VNode {
  const { concern, content, now, profile } = props
  return (
    <>
      <Section id="reported" title="What was reported">
        {concern.stub && (
          <p class="govuk-body">
            <strong>Only the first lines are written yet.</strong> The person who reported it has to finish it.
          </p>
        )}
        {content.accounts.map((part, index) => (
          <Part part={part} isFirst={index === 0} now={now} flags={isTeam ? profile : undefined} />
        ))}
        <HowItCame profile={profile} concern={concern} content={content} now={now} />
        {content.answers.length > 0 && <SummaryList rows={answerRows(profile, content.answers)} />}
      </Section>
      <Section id="people" title="People in it">
        <SummaryList
          rows={childrenNow(concern).map(child => ({
            key: involvementNames[child.involvement],
            value: opensFiles ? (
              <a class="govuk-link" href={`/children/${child.childId}`}>
                {childInWords(child, concern.children)}
              </a>
            ) : (
              childInWords(child, concern.children)
            ),
          }))}
        />
        <AdultsInIt content={content} now={now} />
      </Section>
      <Marks concern={concern} content={content} mayAdd={isTeam} />
      <Scans concern={concern} content={content} now={now} />
      <Addenda profile={profile} content={content} now={now} isTeam={isTeam} />
    </>
  )
}
