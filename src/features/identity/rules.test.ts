import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import type { Instant } from '../../kernel/plain-date.ts'
import { commonPasswords } from './common-passwords.ts'
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
  const about = { email: 'pri.anand@example.org', name: 'Priya Anand-Kaur', places: ['Ashwood Park School', 'Weirside Trust'] }
  let common: ReadonlySet<string> = new Set()
  before(async () => {
    common = await commonPasswords()
  })
  const faultOf = (password: string) => passwordFault(password, about, common)
  test('is told when it is short, endless or easily guessed', () => {
    assert.match(faultOf('') ?? '', /^Enter/)
    assert.match(faultOf('elevenchars') ?? '', /at least 12/)
    assert.match(faultOf('x'.repeat(201)) ?? '', /at most 200/)
    for (const easy of ['aaaaaaaaaaaaaaa', 'MyPassword2026', '1234567890123', 'qwertyuiopas', 'I am pri.anand'])
      assert.ok(faultOf(easy), easy)
  })

  test('is refused the commonest of all, whole, dressed up or twice, and told that others use it', () => {
    assert.ok(common.size > 40_000)
    const long = [...common].filter(password => password.length >= 12)
    assert.ok(long.length > 250)
    for (const password of long) assert.ok(faultOf(password), password)
    for (const password of ['letmein!2026!!', '2026-sunshine-1', 'Liverpool123456', 'dragondragon', 'Superman....1989'])
      assert.match(faultOf(password) ?? '', /Many people use this password|harder to guess/, password)
  })

  test('is refused words of where they are: the product, their name and address, the school and its trust', () => {
    assert.match(faultOf('my holdfast otter') ?? '', /the name Holdfast/)
    assert.match(faultOf('Hold-Fast for ever') ?? '', /the name Holdfast/)
    assert.match(faultOf('lamp PRIYA seven') ?? '', /your name/)
    assert.match(faultOf('lamp pri.anand 7') ?? '', /your email address/)
    assert.match(faultOf('ashwood otter lamp') ?? '', /the name of your school or its trust/)
    assert.match(faultOf('otter weirside lamp') ?? '', /the name of your school or its trust/)
    assert.equal(faultOf('west park otter school lamp'), undefined, 'plain words of many schools are good words')
  })

  test('may use any words they like', () => {
    assert.equal(faultOf('otter lamp seven'), undefined)
    assert.equal(faultOf('ein schönes Wörtchen'), undefined)
  })
})
