import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { FastifyInstance } from 'fastify'

interface Asset {
  readonly url: string
  readonly mediaType: string
  readonly content: Buffer
  readonly brotli: Buffer | undefined
}

const mediaTypes: { readonly [extension: string]: string } = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

// Beside the compiled code, which runs from dist/src/web.
const folder = join(import.meta.dirname, '../../assets')

/** The hash in the name lets a browser keep the file for good: another content has another name. */
function hashedName(name: string, content: Buffer): string {
  const extension = extname(name)
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12)
  return `${name.slice(0, -extension.length)}.${hash}${extension}`
}

function readAssets(): ReadonlyMap<string, Asset> {
  const names = new Set(existsSync(folder) ? readdirSync(folder) : [])
  return new Map(
    [...names].flatMap((name): [string, Asset][] => {
      const mediaType = mediaTypes[extname(name)]
      if (mediaType === undefined) return []
      const content = readFileSync(join(folder, name))
      const brotli = names.has(`${name}.br`) ? readFileSync(join(folder, `${name}.br`)) : undefined
      return [[name, { url: `/assets/${hashedName(name, content)}`, mediaType, content, brotli }]]
    }),
  )
}

const assets = readAssets()

/** Where a browser finds a built file of `src/web`, such as `holdfast.css` or `base.js`. */
export function assetUrl(name: string): string {
  const asset = assets.get(name)
  if (!asset) throw new Error(`There is no asset ${name}: is it built?`)
  return asset.url
}

function acceptsBrotli(header: string | string[] | undefined): boolean {
  return String(header ?? '')
    .split(',')
    .some(coding => /^\s*br\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(coding))
}

/** Serves the built files, compressed beforehand, under names that may be kept for good. */
export async function serveAssets(app: FastifyInstance): Promise<void> {
  // A worker answers for the pages below its own address, and is asked for anew under the same one.
  const worker = assets.get('offline.js')
  if (worker)
    app.get('/offline.js', (_request, reply) =>
      reply.header('content-type', worker.mediaType).header('cache-control', 'no-cache').send(worker.content),
    )
  for (const asset of assets.values()) {
    app.get(asset.url, (request, reply) => {
      reply
        .header('content-type', asset.mediaType)
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('x-content-type-options', 'nosniff')
        .header('vary', 'accept-encoding')
      if (asset.brotli && acceptsBrotli(request.headers['accept-encoding'])) {
        return reply.header('content-encoding', 'br').send(asset.brotli)
      }
      return reply.send(asset.content)
    })
  }
}
