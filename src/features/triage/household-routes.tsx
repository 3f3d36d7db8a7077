import type { ChildId } from '../../kernel/ids.ts'
import { FormReader } from '../../web/http/form-reader.ts'
import type { Route } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import { listHousehold } from '../household/index.ts'
import { backTo, formRoutes, submitted } from './form-route.ts'
import { answerForHousehold } from './household-commands.ts'
import { HouseholdPage } from './pages/household-page.tsx'

/** The children of the household: what is said of each, and the answers that are still missing. */
export const householdRoutes: readonly Route[] = formRoutes<'concern.link'>({
  path: '/household',
  action: 'concern.link',
  opens: 'concern.opened',
  does: 'household.answered',
  draw: async ({ request, permit, concern, form, errors, notice }) => {
    const household = await listHousehold(request, permit, concern.id)
    return pageFor(
      request,
      { title: 'The household', errors, back: backTo(concern), quickExit: true },
      <HouseholdPage
        action={`/concerns/${concern.id}/household`}
        formToken={request.formToken}
        newCommandKey={() => request.newCommandKey()}
        form={form}
        errors={errors}
        notice={notice}
        now={request.now}
        concern={concern}
        household={household}
      />,
    )
  },
  submit: async ({ request, permit, concern }) => {
    const household = await listHousehold(request, permit, concern.id)
    const reader = new FormReader(request.form, request.now)
    const childId = request.form.text('child') as ChildId
    const state = reader.choice('state', ['confirmed', 'dismissed'], 'Select whether the child is affected.')
    const reason = reader.words(
      'reason',
      'The reason',
      state === 'dismissed' ? 'Write why the child is not affected.' : undefined,
    )
    if (reader.errors.length > 0 || !state) return { kind: 'invalid', errors: reader.errors }
    const result = await answerForHousehold(request, permit, concern, household, { childId, state, reason })
    return submitted(result, `/concerns/${concern.id}/household`)
  },
})
