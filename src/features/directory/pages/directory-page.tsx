import type { VNode } from 'preact'
import { dateInWords, localDate } from '../../../kernel/london-time.ts'
import { doubtOf } from '../../../policy/contact-doubts.ts'
import { Details, phoneHref, WarningText } from '../../../web/components/index.ts'
import type { Matter, Part, Post } from '../model.ts'
import { elsewhereId } from '../rules.ts'
import { Lines, type Reader, Ways } from './lines.tsx'

export interface DirectoryProps {
  readonly posts: readonly Post[]
  readonly parts: readonly Part[]
  readonly matters: readonly Matter[]
  readonly reader: Reader
  /** How many contacts the reader is to check; undefined where they do not check any. */
  readonly due: number | undefined
  readonly reportHref: string
}

function Holders({ post, reader }: { readonly post: Post; readonly reader: Reader }): VNode | null {
  if (reader.isVisitor) return null
  if (post.holders.length === 0) return <span class="hf-directory__doubt">Nobody holds this post now.</span>
  return (
    <>
      {post.holders.map(({ name, phone, absent }) => (
        <span class="hf-directory__holder">
          <bdi>{name}</bdi>
          {absent && ' (out now)'}
          {phone && (
            <>
              {', '}
              <a class="govuk-link" href={phoneHref(phone)}>
                {phone}
              </a>
            </>
          )}
        </span>
      ))}
    </>
  )
}

function Inside({ posts, reader }: Pick<DirectoryProps, 'posts' | 'reader'>): VNode {
  return (
    <section aria-labelledby="inside">
      <h2 class="govuk-heading-m" id="inside">
        In school
      </h2>
      <ul class="hf-directory">
        {posts.map(post => (
          <li class="hf-directory__entry" id={`post-${post.role}`}>
            <strong>{post.title}</strong>
            <Holders post={post} reader={reader} />
            {post.contact ? (
              <>
                <Ways contact={post.contact} />
                {post.contact.hours && <span class="hf-directory__detail">Hours: {post.contact.hours}.</span>}
                {doubtOf(post.contact) && <span class="hf-directory__doubt">{doubtOf(post.contact)}</span>}
              </>
            ) : (
              <span class="hf-directory__detail">Our policy prints no number: go through the school office.</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Outside({ part, reader }: { readonly part: Part; readonly reader: Reader }): VNode {
  return (
    <section aria-labelledby={part.id} class={part.id === elsewhereId ? 'hf-no-print' : undefined}>
      <h2 class="govuk-heading-m" id={part.id}>
        {part.title}
      </h2>
      {part.says && <p class="govuk-body">{part.says}</p>}
      <Lines lines={part.lines} reader={reader} />
      {part.groups.map(group =>
        // Few children live there: whoever looks for the others' numbers is not to scroll past these.
        part.id === elsewhereId ? (
          <Details summary={group.title}>
            <Lines lines={group.lines} reader={reader} />
          </Details>
        ) : (
          <>
            <h3 class="govuk-heading-s">{group.title}</h3>
            <Lines lines={group.lines} reader={reader} />
          </>
        ),
      )}
    </section>
  )
}

function Matters({ matters }: { readonly matters: readonly Matter[] }): VNode | null {
  if (matters.length === 0) return null
  return (
    <section aria-labelledby="matters">
      <h2 class="govuk-heading-m" id="matters">
        By what it is about
      </h2>
      <dl class="hf-matters">
        {matters.map(({ id, name, goes }) => (
          <div id={`matter-${id}`}>
            <dt>{name}</dt>
            <dd>
              {goes.map(({ href, text, phone }, index) => (
                <>
                  {index > 0 && '; '}
                  <a class="govuk-link" href={href}>
                    {text}
                  </a>
                  {phone && ` ${phone}`}
                </>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function OnThisPage({ parts, matters }: Pick<DirectoryProps, 'parts' | 'matters'>): VNode {
  const links = [
    { id: 'inside', title: 'In school' },
    ...parts.slice(1).map(({ id, title }) => ({ id, title })),
    ...(matters.length > 0 ? [{ id: 'matters', title: 'By what it is about' }] : []),
  ]
  return (
    <nav class="hf-no-print" aria-label="On this page">
      <ul class="govuk-list">
        {links.map(({ id, title }) => (
          <li>
            <a class="govuk-link" href={`#${id}`}>
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Due({ due }: { readonly due: number | undefined }): VNode | null {
  if (due === undefined) return null
  return (
    <p class="govuk-body hf-no-print">
      <a class="govuk-link" href="/help/checks">
        {due === 0 ? 'Every contact has been checked' : `Contacts for you to check: ${due}`}
      </a>
    </p>
  )
}

/** Whom to ring, inside the school and outside it, and who answers at this moment. */
export function Directory({ posts, parts, matters, reader, due, reportHref }: DirectoryProps): VNode {
  const [danger, ...others] = parts
  return (
    <div class="hf-help">
      <h1 class="govuk-heading-l">Whom to ring</h1>
      {danger && <Outside part={danger} reader={reader} />}
      <p class="govuk-body hf-no-print">
        You may always ring outside yourself. Then{' '}
        <a class="govuk-link" href={reportHref}>
          write down what you saw and heard
        </a>
        .
      </p>
      <OnThisPage parts={parts} matters={matters} />
      <Due due={due} />
      {due !== undefined && posts.some(post => post.holders.length === 0) && (
        <WarningText>
          Not every post is held:{' '}
          {posts
            .filter(post => post.holders.length === 0)
            .map(post => post.title)
            .join('; ')}
          .
        </WarningText>
      )}
      <Inside posts={posts} reader={reader} />
      {others.map(part => (
        <>
          {part.id === elsewhereId && <Matters matters={matters} />}
          <Outside part={part} reader={reader} />
        </>
      ))}
      {others.every(part => part.id !== elsewhereId) && <Matters matters={matters} />}
      <p class="govuk-body hf-meta">
        From the policy of the school as it holds on {dateInWords(localDate(reader.now))}. Print it for the staff room, and print
        it anew when somebody or a number changes.
      </p>
    </div>
  )
}
