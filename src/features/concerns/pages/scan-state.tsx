import type { ComponentChildren, VNode } from 'preact'
import type { Actor } from '../../../access/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import type { Scanned } from '../recorded-model.ts'

const waiting: Readonly<Record<string, string>> = {
  unreachable: 'The scanner cannot be reached. It is kept safely, and opens here when the scanner is back and finds nothing.',
  slow: 'The scanner takes too long. It is kept safely, and the scanner is asked again each minute.',
  unreadable: 'The scanner gives no clear answer. It is kept safely, and the scanner is asked again each minute.',
  'too-large':
    'The scanner takes no file of this size. It is kept safely; whoever runs Holdfast has to let the scanner take 10 MB (StreamMaxLength).',
}

/** How the scanning of something attached stands, for whoever sees it. */
export function scanInWords({ scanState, scanSays, opens }: Scanned): string {
  switch (scanState) {
    case 'pending':
      return (
        waiting[scanSays ?? ''] ??
        'Waiting for the scanner. It is kept safely, and opens here as soon as nothing harmful was found.'
      )
    case 'clean':
      return 'Scanned: nothing harmful was found.'
    case 'refused':
      return `Refused: the scanner found something harmful in it (${scanSays ?? 'no name'}). It is kept sealed as evidence and is never opened here. Go by the paper.`
    case 'absent':
      return opens
        ? 'Not scanned: no scanner is set up here. Open it only where other software looks at what you download.'
        : 'Not scanned: no scanner is set up here, so it is kept and not opened. Go by the paper, and ask whoever runs Holdfast.'
  }
}

/** Something attached, as a link where it opens, and beside it how its scanning stands. */
export function KeptScan(props: { readonly scan: Scanned; readonly href: string; readonly children: ComponentChildren }): VNode {
  const { scan, href, children } = props
  return (
    <>
      {scan.opens ? (
        <a class="govuk-link" href={href}>
          {children}
        </a>
      ) : (
        children
      )}
      <div class={scan.scanState === 'refused' ? 'govuk-!-font-weight-bold' : 'hf-meta'}>{scanInWords(scan)}</div>
    </>
  )
}

/** In place of the file, for whoever may read it and it does not open. */
export function notOpenedPage(request: Request<'concern.own' | 'concern.read', Actor>, scan: Scanned): string {
  return pageFor(
    request,
    { title: 'This file is not opened', quickExit: true },
    <>
      <h1 class="govuk-heading-l">This file is not opened</h1>
      <p class="govuk-body">{scanInWords(scan)}</p>
    </>,
  )
}
