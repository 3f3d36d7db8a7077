import { connect, type Socket } from 'node:net'

/** What came back over one connection until it was closed. */
export interface Heard {
  readonly text: string
  /** The status of every answer; one per request that was taken for one. */
  readonly statuses: readonly number[]
}

const longestMs = 10_000

/** Sends bytes as they are and listens until the other end closes. `each` is called with the socket, to send slowly. */
export function sendRaw(
  port: number,
  bytes: string | Buffer,
  options: { readonly from?: string; readonly each?: (socket: Socket) => void } = {},
): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, localAddress: options.from ?? '127.0.0.1' })
    const chunks: Buffer[] = []
    const timer = setTimeout(() => {
      socket.destroy()
      reject(new Error(`the connection stays open after: ${Buffer.concat(chunks).toString().slice(0, 200)}`))
    }, longestMs)
    socket.on('data', chunk => chunks.push(chunk))
    // Whoever is turned away while still sending is cut off.
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(timer)
      const text = Buffer.concat(chunks).toString()
      resolve({ text, statuses: [...text.matchAll(/^HTTP\/1\.[01] (\d{3})/gm)].map(([, status]) => Number(status)) })
    })
    socket.on('connect', () => {
      socket.write(bytes)
      options.each?.(socket)
    })
  })
}
