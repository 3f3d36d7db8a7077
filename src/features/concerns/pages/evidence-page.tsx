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
  Textarea,
  WarningText,
  Words,
} from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { type EvidenceListing, evidenceKindNames, evidenceKinds, type RecordedConcern } from '../recorded-model.ts'
import { KeptScan } from './scan-state.tsx'

/** Attaches the scan of a paper form, of a letter, or of what a child gave of their own accord. */
export function evidencePage(
  request: Request<'concern.add-to-own', Actor>,
  concern: RecordedConcern,
  scans: readonly EvidenceListing[],
  errors: FieldErrors,
): string {
  const path = `/concerns/${concern.id}/evidence`
  return pageFor(
    request,
    { title: 'Attach a scan', errors, back: { href: `/concerns/${concern.id}/recorded` } },
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">Attach a scan</h1>
      <WarningText>Paper only. Never a photograph or image of a child.</WarningText>
      <p class="govuk-body">
        <strong>Never have a child write a statement, and never have a child sign what you wrote.</strong> You write down what the
        child said. A note or a drawing that a child gave you without being asked can be kept here.
      </p>
      {scans.length > 0 && (
        <>
          <h2 class="govuk-heading-s">Attached to concern {concern.reference} so far</h2>
          <ul class="govuk-list govuk-list--bullet">
            {scans.map(scan => (
              <li>
                <KeptScan scan={scan} href={`${path}/${scan.id}`}>
                  {evidenceKindNames[scan.kind]} ({Math.ceil(scan.sizeBytes / 1024)} kB), {momentInWords(scan.addedAt)}
                </KeptScan>
                {scan.circumstances !== '' && <Words as="div">{scan.circumstances}</Words>}
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
          items={evidenceKinds.map(value => ({
            value,
            label: evidenceKindNames[value],
            ...(value === 'child-item'
              ? {
                  conditional: (
                    <Textarea
                      name="circumstances"
                      label="How did it come about?"
                      hint="Who began it, where and when, what the child said about it, and what you saw. Do not ask the child to explain or to add to it."
                      rows={4}
                      value={request.form.text('circumstances')}
                      error={findError(errors, 'circumstances')}
                      attributes={{ dir: 'auto' }}
                    />
                  ),
                }
              : {}),
          }))}
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
