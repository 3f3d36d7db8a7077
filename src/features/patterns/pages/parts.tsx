import type { VNode } from 'preact'
import type { FoundSign } from '../model.ts'

/** The views over all concerns, one beside the other. */
export function Views({
  here,
}: {
  readonly here:
    | '/signs'
    | '/trends'
    | '/early-help'
    | '/not-referred'
    | '/without-file'
    | '/late-records'
    | '/second-looks'
    | '/referral-times'
}): VNode {
  const views = [
    ['/signs', 'Signs together'],
    ['/trends', 'Trends of a term'],
    ['/early-help', 'Early help to be considered'],
    ['/not-referred', 'Not referred'],
    ['/without-file', 'Concerns in nobody’s file'],
    ['/referral-times', 'From the need to the referral'],
    ['/second-looks', 'Decisions to look at again'],
    ['/late-records', 'Late and delayed records'],
    ['/trusted-adults', 'Trusted adults'],
  ] as const
  return (
    <nav aria-label="Patterns">
      <ul class="govuk-list hf-no-print">
        {views
          .filter(([href]) => href !== here)
          .map(([href, text]) => (
            <li>
              <a class="govuk-link" href={href}>
                {text}
              </a>
            </li>
          ))}
      </ul>
    </nav>
  )
}

/** Signs with their reasons and where they stand. */
export function Signs({ signs }: { readonly signs: readonly FoundSign[] }): VNode {
  return (
    <ul class="govuk-list govuk-list--bullet">
      {signs.map(sign => (
        <li>
          <strong>{sign.name}</strong>: {sign.because}{' '}
          {sign.concerns.map(concern => (
            <>
              <a class="govuk-link" href={`/concerns/${concern.id}`}>
                {concern.reference}
              </a>{' '}
            </>
          ))}
        </li>
      ))}
    </ul>
  )
}
