import type { VNode } from 'preact'
import { timeInWords } from '../../../kernel/london-time.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import { Details, Table } from '../../../web/components/index.ts'
import type { Occasion } from '../model.ts'
import { byMonth, type Count, partOfDay, partsOfDay, places, tally } from '../rules.ts'
import { monthInWords } from '../timeline.ts'
import { categoryName, counted, partOfDayInWords } from '../words.ts'

const monthsShown = 24
const placesShown = 8
const barLength = 100

/** A count with a bar as long as it: the number says the same. */
function Bar({ count, most }: { readonly count: number; readonly most: number }): VNode {
  return (
    <svg class="hf-bar" viewBox={`0 0 ${barLength} 10`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class="hf-bar__length" x={0} y={1} width={most === 0 ? 0 : Math.round((count / most) * barLength)} height={8} />
    </svg>
  )
}

function Counts({
  caption,
  of,
  rows,
}: {
  readonly caption: string
  readonly of: string
  readonly rows: readonly Count[]
}): VNode | null {
  if (rows.length === 0) return null
  const most = Math.max(...rows.map(row => row.count))
  return (
    <Table
      caption={caption}
      captionSize="s"
      class="hf-counts"
      head={[of, { content: 'Concerns', format: 'numeric' }, { content: <span class="govuk-visually-hidden">As a bar</span> }]}
      rows={rows.map(row => [
        row.key,
        { content: row.count, format: 'numeric' },
        { content: <Bar count={row.count} most={most} />, class: 'hf-counts__bar' },
      ])}
      isFirstCellHeader
    />
  )
}

/** How often, what about, when and where: the concerns of this file counted. */
export function Pattern({
  occasions,
  profile,
}: {
  readonly occasions: readonly Occasion[]
  readonly profile: Profile
}): VNode | null {
  if (occasions.length === 0) return null
  const { months, before } = byMonth(occasions, monthsShown)
  const times = tally(occasions.map(occasion => partOfDay(occasion, profile.calendar)))
  const categories = tally(occasions.flatMap(occasion => (occasion.categories.length > 0 ? occasion.categories : [''])))
  return (
    <Details summary={`The pattern of ${counted(occasions.length, 'concern')}: how often, what, when and where`}>
      <div class="hf-patterns">
        <Counts
          caption="How often"
          of="Month"
          rows={[
            ...(before > 0 ? [{ key: 'Before', count: before }] : []),
            ...months.map(month => ({ key: monthInWords(`${month.key}-01` as PlainDate), count: month.count })),
          ]}
        />
        <Counts
          caption="What about"
          of="Category"
          rows={categories.map(({ key, count }) => ({ key: key === '' ? 'None given yet' : categoryName(profile, key), count }))}
        />
        <Counts
          caption="When in the day"
          of="Part of the day"
          rows={partsOfDay.flatMap(part => {
            const count = times.find(({ key }) => key === part)?.count
            return count ? [{ key: partOfDayInWords(part, profile.calendar, timeInWords), count }] : []
          })}
        />
        <Counts caption="Where" of="Place as written" rows={places(occasions, placesShown)} />
      </div>
    </Details>
  )
}
