import type { Actor } from '../../../access/index.ts'
import { momentInWords } from '../../../kernel/london-time.ts'
import {
  Button,
  ErrorSummaryFor,
  type FieldErrors,
  FileUpload,
  Form,
  findError,
  Radios,
  WarningText,
} from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import type { EvidenceListing, RecordedConcern } from '../recorded-model.ts'

export const scanKinds = { 'paper-form': 'A paper form', letter: 'A letter or a printed mail' } as const

/** Attaches the scan of a paper form or a letter to the concern that was entered from it. */
export function evidencePage(
  request: Request<'concern.add-to-own', Actor>,
  concern: RecordedConcern,
  scans: readonly EvidenceListing[],
  errors: FieldErrors,
): string {
  const path = `/concerns/${concern.id}/evidence`
  return pageFor(
    request,
    { title: 'Attach the scan of a form or letter', errors, back: { href: `/concerns/${concern.id}/recorded` } },
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">Attach the scan of a form or letter</h1>
      <WarningText>Paper with writing on it only. Never a photograph or image of a child.</WarningText>
      {scans.length > 0 && (
        <>
          <h2 class="govuk-heading-s">Attached to concern {concern.reference} so far</h2>
          <ul class="govuk-list govuk-list--bullet">
            {scans.map(scan => (
              <li>
                <a class="govuk-link" href={`${path}/${scan.id}`}>
                  {scanKinds[scan.kind]} ({Math.ceil(scan.sizeBytes / 1024)} kB), {momentInWords(scan.addedAt)}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      <Form action={path} formToken={request.formToken} commandKey={request.newCommandKey()} hasFiles>
        <Radios
          name="kind"
          legend="What is it?"
          legendSize="s"
          items={Object.entries(scanKinds).map(([value, label]) => ({ value, label }))}
          value={request.form.text('kind')}
          error={findError(errors, 'kind')}
        />
        <FileUpload
          name="scan"
          label="The scan"
          hint="PDF, PNG or JPEG, up to 10 MB"
          accept=".pdf,.png,.jpg,.jpeg"
          error={findError(errors, 'scan')}
        />
        <Button preventDoubleClick>Attach it</Button>
      </Form>
      <p class="govuk-body">Afterwards give the paper to the safeguarding lead. Leave no copy lying about.</p>
    </>,
  )
}
