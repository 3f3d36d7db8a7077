import type { VNode } from 'preact'
import { StackedTable, Tag } from '../../../web/components/index.ts'
import type { TrustPost, TrustStanding } from '../trust-rules.ts'
import { vacancyInWords, vacancyWord } from './words.ts'

function State({ post }: { readonly post: TrustPost }): VNode {
  const { vacancy, settledBy } = post
  if (vacancy)
    return (
      <p class="govuk-body-s">
        <Tag colour="red">{vacancyWord(vacancy)}</Tag> {vacancyInWords(vacancy)} To be settled by: {settledBy}.
      </p>
    )
  if (post.isNotSenior)
    return (
      <p class="govuk-body-s">
        <Tag colour="red">Not of the senior leadership</Tag> To be settled by: {settledBy}.
      </p>
    )
  return (
    <p class="govuk-body-s">
      <Tag colour="green">Held</Tag>
    </p>
  )
}

function redInWords({ posts }: TrustStanding): string {
  const red = posts.filter(({ isRed }) => isRed)
  if (red.length === 0) return 'Every post is held.'
  return `Red: ${red.length} of ${posts.length}. ${red.map(({ title }) => title).join('; ')}.`
}

/** Every school of the trust with its posts, those that nobody holds in red and given to whoever settles it. */
export function TrustPage({ schools }: { readonly schools: readonly TrustStanding[] }): VNode {
  return (
    <>
      <h1 class="govuk-heading-l">Posts across the trust</h1>
      {schools.length === 0 && <p class="govuk-body">This school belongs to no trust.</p>}
      {schools.map(school => (
        <section aria-labelledby={`school-${school.key}`}>
          <h2 class="govuk-heading-m" id={`school-${school.key}`}>
            {school.name}
          </h2>
          <p class="govuk-body">{redInWords(school)}</p>
          <StackedTable
            caption={`Posts of ${school.name}`}
            head={['Post', 'Who', 'How it stands']}
            rows={school.posts.map(post => [
              post.title,
              post.names.length === 0 ? 'Nobody' : <bdi>{post.names.join(', ')}</bdi>,
              <State post={post} />,
            ])}
          />
        </section>
      ))}
    </>
  )
}
