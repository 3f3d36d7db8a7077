import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** Where the daemon of ClamAV listens: a socket file, or an address of this machine. */
export type ClamdAddress = { readonly path: string } | { readonly host: string; readonly port: number }

/** `away` is for now: the same file is asked about again. */
export type ScanAnswer =
  | { readonly kind: 'clean' }
  | { readonly kind: 'found'; readonly name: string }
  | { readonly kind: 'away'; readonly why: 'unreachable' | 'slow' | 'unreadable' | 'too-large' }

/** Looks at one file; never throws. */
export type Scanner = (content: Buffer) => Promise<ScanAnswer>

const chunkBytes = 64 * 1024
/** An answer is one line; whoever says more is no scanner. */
const answerBytesMax = 4096
const answersWithinMs = 60_000

function readAnswer(said: string): ScanAnswer {
  const text = said.replace(/[\0\r\n]+$/, '')
  if (text === 'stream: OK') return { kind: 'clean' }
  const found = /^stream: ([\x20-\x7e]{1,200}) FOUND$/.exec(text)
  if (found?.[1]) return { kind: 'found', name: found[1] }
  if (text.startsWith('INSTREAM size limit exceeded')) return { kind: 'away', why: 'too-large' }
  return { kind: 'away', why: 'unreadable' }
}

/** Each piece behind its length in four bytes, the biggest first; a length of nothing ends it. */
function* inPieces(content: Buffer): Generator<Buffer> {
  yield Buffer.from('zINSTREAM\0')
  for (let at = 0; at < content.length; at += chunkBytes) {
    const piece = content.subarray(at, at + chunkBytes)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(piece.length)
    yield Buffer.concat([length, piece])
  }
  yield Buffer.alloc(4)
}

async function send(socket: Socket, content: Buffer, pauseMs: number): Promise<boolean> {
  for (const piece of inPieces(content)) {
    if (pauseMs > 0) await pause(pauseMs)
    if (socket.destroyed) return false
    if (!socket.write(piece)) await new Promise<void>(done => void socket.once('drain', done).once('close', () => done()))
  }
  return true
}

/** `cut`: the daemon hung up while the file was still on its way, and what it may have said is lost with the connection. */
function ask(address: ClamdAddress, withinMs: number, content: Buffer, pauseMs: number): Promise<ScanAnswer | 'cut'> {
  return new Promise(resolve => {
    let said = ''
    let connected = false
    let isWhole = false
    const socket = connect(address)
    const end = (answer: ScanAnswer) => {
      clearTimeout(timer)
      socket.destroy()
      // Nobody knows of a file that is still on its way that nothing harmful is in it.
      resolve(answer.kind === 'clean' && !isWhole ? { kind: 'away', why: 'unreadable' } : answer)
    }
    const timer = setTimeout(() => end({ kind: 'away', why: 'slow' }), withinMs)
    socket.on('connect', () => {
      connected = true
      void send(socket, content, pauseMs).then(whole => {
        isWhole = whole
      })
    })
    socket.on('data', data => {
      said += data.toString('latin1')
      if (said.includes('\0') || said.length > answerBytesMax) end(readAnswer(said))
    })
    // It says that a file is too large, and closes while the rest is still on its way: what it said counts, not the error.
    socket.on('error', () => undefined)
    socket.on('close', () => {
      if (connected && said === '' && !isWhole) resolve('cut')
      end(connected ? readAnswer(said) : { kind: 'away', why: 'unreachable' })
    })
  })
}

/** So slowly that an answer is read before the next piece is written to a connection that is closed by then. */
const slowlyMs = 10

/** Asks the daemon about a file by its INSTREAM command: the file itself travels, so that it needs no right to read ours. */
export function clamd(address: ClamdAddress, withinMs = answersWithinMs): Scanner {
  return async content => {
    const answer = await ask(address, withinMs, content, 0)
    if (answer !== 'cut') return answer
    const again = await ask(address, withinMs, content, slowlyMs)
    return again === 'cut' ? { kind: 'away', why: 'unreadable' } : again
  }
}
