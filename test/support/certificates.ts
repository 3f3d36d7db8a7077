import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isIPv4 } from 'node:net'

/** A certificate and its key in PEM. */
export interface Certified {
  readonly certificate: string
  readonly key: string
}

/** An authority made for one test: nobody but that test has reason to believe it. */
export interface Authority {
  readonly certificate: string
  /** Vouches for servers by name or IPv4 address, between two days of this century. */
  certify(names: readonly string[], valid?: { readonly from: string; readonly to: string }): Certified
}

// X.509 (RFC 5280) in DER (X.690), as much of it as a test needs.
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const head = length < 128 ? [tag, length] : length < 256 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from(head), content])
}

const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts)
const octets = (content: Buffer) => der(0x04, content)
const yes = Buffer.from([0x01, 0x01, 0xff])

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = rest.flatMap(arc => {
    const septets = [arc & 127]
    for (let left = arc >>> 7; left > 0; left >>>= 7) septets.unshift((left & 127) | 128)
    return septets
  })
  return der(0x06, Buffer.from([first * 40 + second, ...bytes]))
}

const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'))

function named(name: string): Buffer {
  return sequence(der(0x31, sequence(oid('2.5.4.3'), der(0x0c, Buffer.from(name)))))
}

/** `day` as 2026-01-31. */
function time(day: string): Buffer {
  return der(0x17, Buffer.from(`${day.slice(2).replaceAll('-', '')}000000Z`))
}

function alternativeNames(names: readonly string[]): Buffer {
  const each = names.map(name =>
    isIPv4(name) ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name)),
  )
  return sequence(oid('2.5.29.17'), octets(sequence(...each)))
}

const isAuthority = sequence(oid('2.5.29.19'), yes, octets(sequence(yes)))

interface Wanted {
  readonly subject: string
  readonly publicKey: KeyObject
  readonly issuer: string
  readonly issuerKey: KeyObject
  readonly extension: Buffer
  readonly valid: { readonly from: string; readonly to: string }
}

function pem(label: string, content: Buffer): string {
  const lines = content.toString('base64').replaceAll(/.{1,64}/g, '$&\n')
  return `-----BEGIN ${label}-----\n${lines}-----END ${label}-----\n`
}

function certificateOf({ subject, publicKey, issuer, issuerKey, extension, valid }: Wanted): string {
  const version3 = der(0xa0, der(0x02, Buffer.from([2])))
  const serial = der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)]))
  const body = sequence(
    version3,
    serial,
    ecdsaWithSha256,
    named(issuer),
    sequence(time(valid.from), time(valid.to)),
    named(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension)),
  )
  const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, issuerKey)]))
  return pem('CERTIFICATE', sequence(body, ecdsaWithSha256, signature))
}

const century = { from: '2001-01-01', to: '2049-12-31' }

/** Makes one, with a key of its own. */
export function makeAuthority(name = 'An authority of one test'): Authority {
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const byMe = { issuer: name, issuerKey: own.privateKey }
  return {
    certificate: certificateOf({ subject: name, publicKey: own.publicKey, ...byMe, extension: isAuthority, valid: century }),
    certify: (names, valid = century) => {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const extension = alternativeNames(names)
      return {
        certificate: certificateOf({ subject: 'A server of one test', publicKey, ...byMe, extension, valid }),
        key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      }
    },
  }
}
