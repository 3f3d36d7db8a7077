import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLog } from './log.ts'

function collected(): { readonly lines: string[]; write(line: string): void } {
  const lines: string[] = []
  return { lines, write: line => lines.push(line) }
}

const secret = 'Marlowe Quill'

test('A request is logged by its pattern, without what was asked for', () => {
  const out = collected()
  createLog(out).request({ requestId: 'r1', method: 'GET', routePattern: '/children/:id', status: 200, durationMs: 2.7349 })
  const line = JSON.parse(out.lines[0] ?? '')
  assert.deepEqual(
    { ...line, time: '' },
    {
      level: 30,
      time: '',
      requestId: 'r1',
      method: 'GET',
      routePattern: '/children/:id',
      status: 200,
      durationMs: 2.7,
      event: 'request',
    },
  )
})

test('An error is logged by kind, code and place: its message and detail, which may hold a name, are not', () => {
  const out = collected()
  const inner = Object.assign(new Error(`Key (name)=(${secret}) already exists\n    at ${secret} (file:///x:1:1)`), {
    code: '23505',
    detail: secret,
    constraint: 'child_pkey',
  })
  createLog(out).failure('job failed', new Error(`for ${secret}`, { cause: inner }), { job: 'alert' })
  assert.equal(out.lines.join('').includes('Quill'), false)
  const { error, job } = JSON.parse(out.lines[0] ?? '')
  assert.equal(job, 'alert')
  assert.equal(error.cause.code, '23505')
  assert.equal(error.cause.constraint, 'child_pkey')
  assert.match(error.frames[0], /log\.test/)
})

test('What only somebody who looks for a cause reads is written where the level asks for it', () => {
  const [quiet, loud] = [collected(), collected()]
  createLog(quiet).detail('migrated', { migration: '0001_ground' })
  createLog(loud, 'debug').detail('migrated', { migration: '0001_ground' })
  assert.deepEqual(quiet.lines, [])
  assert.equal(JSON.parse(loud.lines[0] ?? '').migration, '0001_ground')
})

test('Where only failures are written a request that was answered is none, and one that was not is', () => {
  const failures = collected()
  const log = createLog(failures, 'error')
  const line = { requestId: 'r1', method: 'GET', routePattern: '/', durationMs: 1 }
  log.request({ ...line, status: 200 })
  log.event('started', { port: 3000 })
  assert.deepEqual(failures.lines, [])
  log.request({ ...line, status: 500 })
  log.failure('job failed', new Error('no'))
  assert.deepEqual(
    failures.lines.map(text => JSON.parse(text).event),
    ['request', 'job failed'],
  )
})

test('A field that looks like free text, or that nobody listed, is left out', () => {
  const out = collected()
  const fields: Record<string, string> = { job: `alert ${secret}`, narrative: secret, jobId: '17' }
  createLog(out).event('job done', fields)
  assert.equal(out.lines.join('').includes('Quill'), false)
  assert.equal(JSON.parse(out.lines[0] ?? '').jobId, '17')
})
