import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import type { Socket } from 'node:net'
import { after, before, suite, test } from 'node:test'
import { eicar, type RunningClamd, startClamd, startStandIn } from '../../test/support/clamd.ts'
import { clamd, type ScanAnswer } from './clamd.ts'

const large = Buffer.alloc(3 * 1024 * 1024, 'holdfast ')

suite('A file is looked at by Debian’s own clamd', () => {
  let daemon: RunningClamd
  before(async () => {
    daemon = await startClamd({ streamMax: '2M' })
  })
  after(() => daemon.stop())

  test('which finds nothing in one, and what it knows in another, wherever that stands', async () => {
    const scan = clamd(daemon.address)
    assert.deepEqual(await scan(Buffer.from('nothing at all')), { kind: 'clean' })
    assert.deepEqual(await scan(Buffer.alloc(0)), { kind: 'clean' })
    const name = 'Test.File.UNOFFICIAL'
    assert.deepEqual(await scan(Buffer.from(eicar)), { kind: 'found', name })
    // Behind and across the pieces in which it travels.
    for (const before of [64 * 1024 - 30, 1_000_000])
      assert.deepEqual(await scan(Buffer.concat([Buffer.alloc(before), Buffer.from(eicar)])), { kind: 'found', name })
  })

  test('and one that is larger than it takes is said to be so, and not to be clean', async () => {
    assert.deepEqual(await clamd(daemon.address)(large), { kind: 'away', why: 'too-large' })
  })
})

suite('Nothing is taken for clean', () => {
  const askOf = async (treats: (caller: Socket) => void, content = Buffer.from('x'), withinMs = 5000): Promise<ScanAnswer> => {
    const standIn = await startStandIn(treats)
    try {
      return await clamd(standIn.address, withinMs)(content)
    } finally {
      await standIn.stop()
    }
  }
  /** Answers when the whole file is there. */
  const afterAll = (answer: (caller: Socket) => void) => (caller: Socket) => {
    let got = Buffer.alloc(0)
    caller.on('data', data => {
      got = Buffer.concat([got, data])
      if (got.subarray(-4).equals(Buffer.alloc(4))) answer(caller)
    })
  }

  test('where nobody listens', async () => {
    const standIn = await startStandIn(() => undefined)
    await standIn.stop()
    assert.deepEqual(await clamd(standIn.address)(Buffer.from('x')), { kind: 'away', why: 'unreachable' })
    rmSync('/tmp/holdfast-no-such-socket', { force: true })
    assert.deepEqual(await clamd({ path: '/tmp/holdfast-no-such-socket' })(Buffer.from('x')), {
      kind: 'away',
      why: 'unreachable',
    })
  })

  test('where the scanner takes the file and says nothing, or says its answer letter by letter without an end', async () => {
    assert.deepEqual(await askOf(caller => void caller.resume(), Buffer.from('x'), 100), { kind: 'away', why: 'slow' })
    const dripping = afterAll(caller => {
      const timer = setInterval(() => caller.write('s'), 10)
      caller.on('close', () => clearInterval(timer))
    })
    assert.deepEqual(await askOf(dripping, Buffer.from('x'), 200), { kind: 'away', why: 'slow' })
  })

  test('where it answers what no scanner says', async () => {
    for (const says of [
      'OK\0',
      'stream: OK, or nearly\0',
      'HTTP/1.1 200 OK\r\n\r\n\0',
      'UNKNOWN COMMAND\0',
      'stream:  FOUND\0',
      'stream: a\nb FOUND\0',
      `stream: ${'x'.repeat(10_000)} FOUND\0`,
      'stream: Broken.Executable ERROR\0',
    ])
      assert.deepEqual(await askOf(afterAll(caller => void caller.write(says))), { kind: 'away', why: 'unreadable' }, says)
  })

  test('where it closes in the middle, before the file is there or before it has answered', async () => {
    assert.deepEqual(await askOf(caller => void caller.destroy(), large), { kind: 'away', why: 'unreadable' })
    const once = (caller: Socket) => void caller.once('data', () => caller.destroy())
    assert.deepEqual(await askOf(once, large), { kind: 'away', why: 'unreadable' })
    assert.deepEqual(await askOf(afterAll(caller => void caller.end())), { kind: 'away', why: 'unreadable' })
    assert.deepEqual(await askOf(afterAll(caller => void caller.end('stream: O'))), { kind: 'away', why: 'unreadable' })
  })

  test('where it says so before it has the whole file', async () => {
    const early = (caller: Socket) => {
      caller.pause()
      caller.write('stream: OK\0')
    }
    assert.deepEqual(await askOf(early, Buffer.alloc(20 * 1024 * 1024)), { kind: 'away', why: 'unreadable' })
  })

  test('where the file is larger than it takes, and it hangs up while the file is still on its way', async () => {
    const full = (caller: Socket) => void caller.once('data', () => caller.end('INSTREAM size limit exceeded. ERROR\0'))
    assert.deepEqual(await askOf(full, large), { kind: 'away', why: 'too-large' })
  })
})
