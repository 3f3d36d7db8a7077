import type { VNode } from 'preact'
import { dateInWords, localDate } from '../../../kernel/london-time.ts'
import type { Profile } from '../../../policy/profile.ts'
import { NotificationBanner, StackedTable, Tag, WarningText } from '../../../web/components/index.ts'
import { lastDay } from '../../people/index.ts'
import type { Held, Holder, Lack, ManyPosts, Post } from '../model.ts'
import { isRed, isRedLack } from '../rules.ts'
import { lackInWords, lackWord, vacancyInWords, vacancyWord } from './words.ts'

interface PostsPageProps {
  readonly profile: Profile
  readonly posts: readonly Post[]
  readonly many: readonly ManyPosts[]
  readonly mayKeep: boolean
  readonly seesTrust: boolean
  readonly isKept: boolean
}

interface LackLineProps {
  readonly lack: Lack
  /** Said where several hold the post. */
  readonly name: string | undefined
  readonly props: PostsPageProps
}

function LackLine({ lack, name, props }: LackLineProps): VNode {
  const description = lack.kind === 'no-description' || lack.kind === 'description-without-lead' ? lack : undefined
  return (
    <p class="govuk-body-s">
      <Tag colour={isRedLack(lack) ? 'red' : 'yellow'}>{lackWord(lack)}</Tag>{' '}
      {name !== undefined && (
        <>
          <bdi>{name}</bdi>:{' '}
        </>
      )}
      {lackInWords(props.profile, lack)}
      {description && props.mayKeep && (
        <>
          {' '}
          <a class="govuk-link" href={`/posts/descriptions/${description.appointmentId}`}>
            Record it
          </a>
        </>
      )}
    </p>
  )
}

/** "Jo Penn, since 4 March 2026": one line of somebody who holds a post, or will. */
function heldInWords({ name, startsAt, endsAt }: Held): string {
  const until = endsAt === null ? '' : `, until ${dateInWords(lastDay(endsAt))}`
  return `${name}, from ${dateInWords(localDate(startsAt))}${until}`
}

function Who({ post }: { readonly post: Post }): VNode {
  if (post.holders.length === 0 && post.next.length === 0) return <>Nobody</>
  return (
    <ul class="govuk-list">
      {post.holders.map(holder => (
        <li>
          <bdi>{heldInWords(holder)}</bdi>
        </li>
      ))}
      {post.next.map(held => (
        <li>
          Next: <bdi>{heldInWords(held)}</bdi>
        </li>
      ))}
    </ul>
  )
}

function DescriptionLine({ holder, mayKeep }: { readonly holder: Holder; readonly mayKeep: boolean }): VNode | null {
  const { description, appointmentId, lacks } = holder
  if (!description) return null
  const isWhole = !lacks.some(({ kind }) => kind === 'description-without-lead')
  return (
    <p class="govuk-body-s">
      Job description signed on {dateInWords(description.signedOn)}, kept: {description.keptWhere}.{' '}
      {!description.namesOnline && 'It does not name online safety, filtering and monitoring. '}
      {isWhole && mayKeep && (
        <a class="govuk-link" href={`/posts/descriptions/${appointmentId}`}>
          Record a revised one
        </a>
      )}
    </p>
  )
}

function State({ post, props }: { readonly post: Post; readonly props: PostsPageProps }): VNode {
  const { vacancy, holders, role } = post
  if (vacancy)
    return (
      <p class="govuk-body-s">
        <Tag colour="red">{vacancyWord(vacancy)}</Tag> {vacancyInWords(vacancy)}
        {props.mayKeep && (
          <>
            {' '}
            <a class="govuk-link" href={`/posts/${role}/vacancy`}>
              Say since when, and who covers it
            </a>
          </>
        )}
      </p>
    )
  const lines = holders.flatMap(holder => [
    ...holder.lacks.map(lack => <LackLine lack={lack} name={holders.length > 1 ? holder.name : undefined} props={props} />),
    <DescriptionLine holder={holder} mayKeep={props.mayKeep} />,
  ])
  return (
    <>
      {holders.every(({ lacks }) => lacks.length === 0) && (
        <p class="govuk-body-s">
          <Tag colour="green">Held</Tag>
        </p>
      )}
      {lines}
    </>
  )
}

function Many({ many, profile }: { readonly many: readonly ManyPosts[]; readonly profile: Profile }): VNode | null {
  if (many.length === 0) return null
  return (
    <section aria-labelledby="many">
      <h2 class="govuk-heading-m" id="many">
        Several posts in one hand
      </h2>
      {many.map(({ name, titles }) => (
        <WarningText>
          Capacity and conflict: <bdi>{name}</bdi> holds {titles.length} posts: {titles.join('; ')}.
        </WarningText>
      ))}
      <p class="govuk-body">{profile.posts.many?.says}</p>
    </section>
  )
}

/** Every post of the policy: who holds it, since when nobody does, and what of it is missing. */
export function PostsPage(props: PostsPageProps): VNode {
  const { posts, profile } = props
  const red = posts.filter(isRed)
  return (
    <>
      {props.isKept && <NotificationBanner type="success" text="It is kept." />}
      <h1 class="govuk-heading-l">Posts</h1>
      <p class="govuk-body">
        {red.length === 0
          ? 'Every post that our policy names is held, and what is asked of it is on record.'
          : `To put right: ${red.map(({ title }) => title).join('; ')}.`}
      </p>
      {props.seesTrust && (
        <p class="govuk-body">
          <a class="govuk-link" href="/trust/posts">
            The posts of every school of the trust
          </a>
        </p>
      )}
      <Many many={props.many} profile={profile} />
      <StackedTable
        caption="The posts that our policy names"
        captionSize="m"
        head={['Post', 'Who', 'How it stands']}
        rows={posts.map(post => [post.title, <Who post={post} />, <State post={post} props={props} />])}
      />
    </>
  )
}
