import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server'
import type { Instant } from '../kernel/plain-date.ts'
import type { Clock } from './clock.ts'
import type { MailServer } from './config.ts'

/** A mail that went nowhere. */
export interface CaughtMail {
  readonly number: number
  readonly caughtAt: Instant
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** A mail server of this machine alone, which keeps what it is given and passes nothing on. */
export interface MailCatcher {
  readonly server: MailServer
  /** Newest first. */
  mails(): readonly CaughtMail[]
  find(number: number): CaughtMail | undefined
  close(): Promise<void>
}

const mostKept = 500
const longestMailBytes = 1024 * 1024
const fileName = /^(\d{6,})_(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2}\.\d{3}Z)\.eml$/

/** "=?UTF-8?Q?...?=" as what it says (RFC 2047). */
function decodedHeader(value: string): string {
  return value
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?[^?]+\?([QB])\?([^?]*)\?=/gi, (_all, kind: string, text: string) =>
      kind.toUpperCase() === 'B' ? Buffer.from(text, 'base64').toString('utf8') : quotedPrintable(text.replaceAll('_', ' ')),
    )
}

function quotedPrintable(text: string): string {
  const bytes = text
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

function decodedBody(body: string, encoding: string): string {
  switch (encoding.toLowerCase()) {
    case 'quoted-printable':
      return quotedPrintable(body)
    case 'base64':
      return Buffer.from(body, 'base64').toString('utf8')
    default:
      return Buffer.from(body, 'latin1').toString('utf8')
  }
}

/** Reads a mail of ours, which is plain text in one part. */
export function readMail(raw: Buffer, number: number, caughtAt: Instant): CaughtMail {
  const [head = '', ...rest] = raw.toString('latin1').split('\r\n\r\n')
  const headers = new Map(
    head
      .replaceAll(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line): [string, string] => [line.split(':')[0]?.toLowerCase() ?? '', line.slice(line.indexOf(':') + 1).trim()]),
  )
  return {
    number,
    caughtAt,
    to: decodedHeader(headers.get('to') ?? ''),
    subject: decodedHeader(headers.get('subject') ?? ''),
    text: decodedBody(rest.join('\r\n\r\n'), headers.get('content-transfer-encoding') ?? '').replaceAll('\r\n', '\n'),
  }
}

function readKept(folder: string): CaughtMail[] {
  return readdirSync(folder)
    .toSorted()
    .slice(-mostKept)
    .flatMap(name => {
      const [, number, date, hour, minute, second] = fileName.exec(name) ?? []
      if (number === undefined) return []
      return [readMail(readFileSync(join(folder, name)), Number(number), `${date}T${hour}:${minute}:${second}` as Instant)]
    })
}

async function readAll(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** Starts one on a port of its own; each mail is also a file in the folder. */
export async function startMailCatcher(folder: string, clock: Clock): Promise<MailCatcher> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const mails = readKept(folder)
  let last = mails.at(-1)?.number ?? 0

  async function keep(stream: SMTPServerDataStream): Promise<void> {
    const raw = await readAll(stream)
    if (stream.sizeExceeded) throw new Error('the mail is too long')
    last += 1
    const mail = readMail(raw, last, clock.now())
    await writeFile(join(folder, `${String(mail.number).padStart(6, '0')}_${mail.caughtAt.replaceAll(':', '-')}.eml`), raw, {
      mode: 0o600,
    })
    mails.push(mail)
    if (mails.length > mostKept) mails.shift()
  }

  const smtp = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: longestMailBytes,
    disableReverseLookup: true,
    onData: (stream, _session, done) => {
      keep(stream).then(() => done(), done)
    },
  })
  await new Promise<void>((resolve, reject) => {
    smtp.once('error', reject)
    smtp.listen(0, '127.0.0.1', () => resolve())
  })
  smtp.on('error', () => {})
  const { port } = smtp.server.address() as AddressInfo
  return {
    server: { host: '127.0.0.1', port, secure: false, requireTLS: false, auth: undefined },
    mails: () => mails.toReversed(),
    find: number => mails.find(mail => mail.number === number),
    close: () => new Promise(resolve => smtp.close(() => resolve())),
  }
}
