/** Moving, linking and handing over a concern. */
import type { VNode } from 'preact'
import { dateInWords, dayNearby } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import { Button, findError, Input, Radios, Textarea } from '../../../web/components/index.ts'
import { headingOf, type RoleHolder } from '../../concerns/index.ts'
import type { ConcernFacts } from '../model.ts'
import type { FoundChild, LinkCandidate } from '../page-model.ts'
import { childrenNow } from '../rules.ts'
import { concernTitle } from './concern-page.tsx'
import { FormFrame, type FormFrameProps, FormHead } from './form-frame.tsx'
import { childInWords, childName, Moment } from './parts.tsx'

export interface MovePageProps extends FormFrameProps {
  readonly concern: ConcernFacts
  /** What was searched for, and whom it found. */
  readonly search: string
  readonly found: readonly FoundChild[]
}

const standings: Readonly<Record<string, string>> = {
  left: 'has left',
  'not-on-roll': 'not on roll',
  dual: 'also at another school',
}

function foundHint(child: FoundChild): string {
  return [child.className, child.born && `born ${dateInWords(child.born)}`, standings[child.standing]].filter(Boolean).join(', ')
}

/** First a search, then the choice: the right child among namesakes is told by class and birthday. */
export function MovePage(props: MovePageProps): VNode {
  const { concern, search, found, form, errors } = props
  const children = childrenNow(concern)
  const from =
    form.text('from') ||
    (children.length === 1 ? children[0]?.childId : children.find(child => child.standing === 'unidentified')?.childId)
  return (
    <>
      <FormHead
        caption={`${concernTitle(concern)}, ${concern.reference}`}
        title="Move it to the right child"
        errors={errors}
        notice={props.notice}
      />
      <p class="govuk-body">
        Both files keep a trace of the move and the reason. Adults tied to the child you choose are outside this concern from that
        moment.
      </p>
      <form method="get" action={`/concerns/${concern.id}/move`}>
        <Input
          name="q"
          label="Find the right child"
          labelSize="s"
          hint="The first letters of any name."
          value={search}
          width={20}
          type="search"
        />
        <Button look="secondary">Find</Button>
      </form>
      {search !== '' && found.length === 0 && (
        <p class="govuk-body">No child of this school has such a name. Try fewer letters.</p>
      )}
      {found.length > 0 && (
        <FormFrame frame={props} save="Move the concern" cancelHref={`/concerns/${concern.id}`}>
          <input type="hidden" name="q" value={search} />
          {children.length > 1 ? (
            <Radios
              name="from"
              legend="Who was it filed on by mistake?"
              legendSize="s"
              value={from}
              error={findError(errors, 'from')}
              items={children.map(child => ({ value: child.childId, label: childInWords(child, children) }))}
            />
          ) : (
            <input type="hidden" name="from" value={from} />
          )}
          <Radios
            name="to"
            legend="Who is it about?"
            legendSize="s"
            value={form.text('to')}
            error={findError(errors, 'to')}
            items={found.map(child => ({ value: child.childId, label: childName(child), hint: foundHint(child) }))}
          />
          <Textarea
            name="reason"
            label="Why"
            labelSize="s"
            hint="How the mistake was noticed, or how the child was identified."
            rows={3}
            value={form.text('reason')}
            error={findError(errors, 'reason')}
          />
        </FormFrame>
      )}
    </>
  )
}

export interface LinkPageProps extends FormFrameProps {
  readonly profile: Profile
  readonly now: Instant
  readonly concern: ConcernFacts
  readonly candidates: readonly LinkCandidate[]
}

/** Another report of the same event: chosen among the same children's, or by its reference. */
export function LinkPage(props: LinkPageProps): VNode {
  const { profile, now, concern, candidates, form, errors } = props
  return (
    <>
      <FormHead
        caption={`${concernTitle(concern)}, ${concern.reference}`}
        title="Link another report of the same event"
        errors={errors}
        notice={props.notice}
      />
      <FormFrame frame={props} save="Link them" cancelHref={`/concerns/${concern.id}`}>
        {candidates.length > 0 && (
          <Radios
            name="other"
            legend="Concerns about the same children"
            legendSize="s"
            value={form.text('other')}
            error={findError(errors, 'other')}
            items={candidates.map(other => ({
              value: other.id,
              label: `${headingOf(profile, other)}, ${other.reference}`,
              hint: (
                <>
                  {other.happenedOn && `Happened ${dayNearby(other.happenedOn, now)}. `}Reported by{' '}
                  {other.reporter ?? 'somebody no longer listed'}, <Moment at={other.recordedAt} now={now} />
                </>
              ),
            }))}
          />
        )}
        <Input
          name="reference"
          label={candidates.length > 0 ? 'Or its reference' : 'Its reference'}
          labelSize="s"
          hint="Like K7M4-Q2XD."
          width={10}
          value={form.text('reference')}
          error={findError(errors, 'reference')}
        />
        <Textarea
          name="reason"
          label="Why they belong together"
          labelSize="s"
          rows={3}
          value={form.text('reason')}
          error={findError(errors, 'reason')}
        />
      </FormFrame>
    </>
  )
}

export interface HandOverPageProps extends FormFrameProps {
  readonly concern: ConcernFacts
  readonly colleagues: readonly RoleHolder[]
}

/** Gives the work to a colleague; whoever leads stays accountable. */
export function HandOverPage(props: HandOverPageProps): VNode {
  const { concern, colleagues, form, errors } = props
  return (
    <>
      <FormHead
        caption={`${concernTitle(concern)}, ${concern.reference}`}
        title="Hand it to a colleague"
        errors={errors}
        notice={props.notice}
      />
      <p class="govuk-body">They are told at once. Whoever leads safeguarding stays accountable for it.</p>
      <FormFrame frame={props} save="Hand it over" cancelHref={`/concerns/${concern.id}`}>
        <Radios
          name="to"
          legend="To whom?"
          legendSize="s"
          value={form.text('to')}
          error={findError(errors, 'to')}
          items={colleagues
            .filter(colleague => colleague.adultId !== concern.ownerId)
            .map(colleague => ({
              value: colleague.adultId,
              label: colleague.name,
              hint: colleague.absent && 'Out at the moment',
            }))}
        />
        <Textarea
          name="says"
          label="What they should know or do next"
          labelSize="s"
          rows={3}
          value={form.text('says')}
          error={findError(errors, 'says')}
        />
      </FormFrame>
    </>
  )
}
