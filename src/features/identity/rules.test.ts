import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Instant } from '../../kernel/plain-date.ts'
import { localPath, passwordFault, waitInSeconds } from './rules.ts'

const now = '2026-11-18T10:00:00.000Z' as Instant
const secondsAgo = (seconds: number) => new Date(Date.parse(now) - seconds * 1000).toISOString() as Instant

suite('Somebody who mistypes', () => {
  test('notices nothing for the first tries, then waits twice as long each time, and never more than a minute', () => {
    const waits = [0, 1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 500].map(failures => waitInSeconds({ failures, failedAt: now }, now))
    assert.deepEqual(waits, [0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60])
    assert.equal(waitInSeconds(undefined, now), 0)
  })

  test('waits only for what is left, and after a day begins anew', () => {
    assert.equal(waitInSeconds({ failures: 9, failedAt: secondsAgo(10) }, now), 6)
    assert.equal(waitInSeconds({ failures: 9, failedAt: secondsAgo(16) }, now), 0)
    assert.equal(waitInSeconds({ failures: 500, failedAt: secondsAgo(86_401) }, now), 0)
  })
})

suite('Somebody who follows a link through sign-in', () => {
  test('lands where it leads, on this server only', () => {
    const inside = [
      '/',
      '/today',
      '/children/018f/chronology?from=2026-01-01&kind=note',
      '/kept-forms/018f-4a',
      '/code-of-conduct',
    ]
    assert.deepEqual(inside.map(localPath), inside)
    const outside = [
      'https://elsewhere.example/',
      '//elsewhere.example',
      '/\\elsewhere.example',
      '/\t/elsewhere.example',
      '/\n/elsewhere.example',
      'javascript:alert(1)',
      'today',
      '',
      null,
      undefined,
      '/a b',
      '/"onclick=',
      '/@elsewhere',
      '/#x',
    ]
    assert.deepEqual(
      outside.map(localPath),
      outside.map(() => '/'),
    )
  })

  test('is not sent round in circles', () => {
    assert.deepEqual(['/sign-in', '/sign-out', '/code', '/code?next=/code', '/choose-school?next=/'].map(localPath), [
      '/',
      '/',
      '/',
      '/',
      '/',
    ])
  })
})

suite('Somebody who chooses a password', () => {
  const faultOf = (password: string) => passwordFault(password, 'priya.anand@example.org')
  test('is told when it is short, endless or easily guessed', () => {
    assert.match(faultOf('') ?? '', /^Enter/)
    assert.match(faultOf('elevenchars') ?? '', /at least 12/)
    assert.match(faultOf('x'.repeat(201)) ?? '', /at most 200/)
    for (const easy of ['aaaaaaaaaaaaaaa', 'MyPassword2026', '1234567890123', 'qwertyuiopas', 'I am priya.anand'])
      assert.ok(faultOf(easy), easy)
  })

  test('may use any words they like', () => {
    assert.equal(faultOf('otter lamp seven'), undefined)
    assert.equal(faultOf('ein schönes Wörtchen'), undefined)
  })
})
