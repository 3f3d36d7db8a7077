import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/** CBOR of small integers, bytes, text and maps: all that a passkey sends. */
function cbor(
  value: number | Buffer | string | ReadonlyMap<number | string, number | Buffer | string | Map<string, never>>,
): Buffer {
  const head = (major: number, length: number) => {
    if (length < 24) return Buffer.from([(major << 5) | length])
    return length < 256 ? Buffer.from([(major << 5) | 24, length]) : Buffer.from([(major << 5) | 25, length >> 8, length & 255])
  }
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, one]) => [cbor(key), cbor(one)])])
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()

export interface Answering {
  readonly challenge: string
  readonly origin: string
  readonly rpId: string
  /** Whether the person proved themselves to the device. */
  readonly verified?: boolean
  readonly count?: number
  /** A key that signs in place of the right one. */
  readonly by?: KeyObject
}

/** A passkey in memory, which answers whatever it is told to: also what no honest device would. */
export class SoftPasskey {
  readonly id = randomBytes(32)
  readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })

  #authenticatorData({ rpId, verified = true, count = 0 }: Answering, attested: Buffer): Buffer {
    const flags = 1 | (verified ? 4 : 0) | (attested.length > 0 ? 64 : 0)
    const counted = Buffer.alloc(4)
    counted.writeUInt32BE(count)
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), counted, attested])
  }

  #answer(type: 'webauthn.create' | 'webauthn.get', { challenge, origin }: Answering, more: object): string {
    const clientDataJSON = Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })).toString('base64url')
    const id = this.id.toString('base64url')
    return JSON.stringify({
      id,
      rawId: id,
      type: 'public-key',
      response: { clientDataJSON, ...more },
      clientExtensionResults: {},
    })
  }

  /** What a device answers that was asked to make this key. */
  made(answering: Answering): string {
    const { x = '', y = '' } = this.keys.publicKey.export({ format: 'jwk' })
    const key = cbor(
      new Map<number, number | Buffer>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      ]),
    )
    const length = Buffer.from([this.id.length >> 8, this.id.length & 255])
    const authData = this.#authenticatorData(answering, Buffer.concat([Buffer.alloc(16), length, this.id, key]))
    const attestation = new Map<string, string | Buffer | Map<string, never>>([
      ['fmt', 'none'],
      ['attStmt', new Map<string, never>()],
      ['authData', authData],
    ])
    return this.#answer('webauthn.create', answering, {
      attestationObject: cbor(attestation).toString('base64url'),
      transports: ['internal'],
    })
  }

  /** What a device answers that was asked to prove that it holds this key. */
  proved(answering: Answering, userHandle?: string): string {
    const authenticatorData = this.#authenticatorData(answering, Buffer.alloc(0))
    const text = this.#answer('webauthn.get', answering, {})
    const { clientDataJSON } = (JSON.parse(text) as { response: { clientDataJSON: string } }).response
    const signed = Buffer.concat([authenticatorData, sha256(Buffer.from(clientDataJSON, 'base64url'))])
    const signature = sign('sha256', signed, answering.by ?? this.keys.privateKey)
    return this.#answer('webauthn.get', answering, {
      authenticatorData: authenticatorData.toString('base64url'),
      signature: signature.toString('base64url'),
      ...(userHandle === undefined ? {} : { userHandle }),
    })
  }
}
