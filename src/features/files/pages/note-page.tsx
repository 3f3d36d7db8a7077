import type { Actor } from '../../../access/index.ts'
import { dayInWords, momentInWords } from '../../../kernel/london-time.ts'
import { SummaryList, Words } from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import type { NoteToRead } from '../model.ts'
import { noteKindNames } from '../words.ts'
import { atTime } from './parts.tsx'

/** One note or contact, whole. */
export function notePage(request: Request<'file.read', Actor>, note: NoteToRead): string {
  const kind = noteKindNames[note.kind]
  const row = (key: string, value: string | null) => (value ? [{ key, value }] : [])
  return pageFor(
    request,
    {
      title: `${kind} about ${note.childName}`,
      back: { href: `/children/${note.childId}`, text: note.childName },
      quickExit: true,
      printedAbout: note.childName,
    },
    <>
      <span class="govuk-caption-l">{note.childName}</span>
      <h1 class="govuk-heading-l">
        {kind} of {dayInWords(note.happenedOn)}
        {atTime(note.happenedAtTime)}
      </h1>
      <SummaryList
        rows={[
          ...row('With', note.withWhom),
          ...row('Agency', note.agency),
          ...row('Written by', note.authorTitle ? `${note.authorName}, ${note.authorTitle}` : note.authorName),
          ...row('Written', momentInWords(note.recordedAt)),
          ...(note.concernId && note.concernReference
            ? [
                {
                  key: 'Belongs to',
                  value: (
                    <a class="govuk-link" href={`/concerns/${note.concernId}`}>
                      Concern {note.concernReference}
                    </a>
                  ),
                },
              ]
            : []),
        ]}
      />
      <Words class="govuk-body">{note.says}</Words>
      <p class="govuk-hint">A note never changes. What is missing is written as another note.</p>
    </>,
  )
}
