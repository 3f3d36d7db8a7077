import assert from 'node:assert/strict'
import { test } from 'node:test'
import Holidays from 'date-holidays'
import { bankHolidays } from './bank-holidays.ts'

const published = new Holidays('GB', 'ENG')

for (let year = 2021; year <= 2031; year++) {
  test(`offices in England are closed in ${year} on the days that an independent almanac gives`, () => {
    const weekdaysOff = published
      .getHolidays(year)
      .filter(({ type }) => type === 'public' || type === 'bank')
      .map(({ date }) => date.slice(0, 10))
      .filter(date => ![0, 6].includes(new Date(date).getUTCDay()))
    assert.deepEqual(bankHolidays(year), [...new Set(weekdaysOff)].toSorted())
  })
}

test('a jubilee moves the spring holiday and adds a day', () => {
  assert.deepEqual(
    bankHolidays(2022).filter(date => date.startsWith('2022-05') || date.startsWith('2022-06') || date.startsWith('2022-09')),
    ['2022-05-02', '2022-06-02', '2022-06-03', '2022-09-19'],
  )
})
