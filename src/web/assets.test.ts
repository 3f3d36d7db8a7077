import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brotliDecompressSync } from 'node:zlib'
import Fastify from 'fastify'
import { assetUrl, serveAssets } from './assets.ts'

async function get(url: string, acceptEncoding: string) {
  const app = Fastify()
  await app.register(serveAssets)
  return app.inject({ url, headers: { 'accept-encoding': acceptEncoding } })
}

test('A browser keeps a file for good, because another content has another name', async () => {
  assert.match(assetUrl('holdfast.css'), /^\/assets\/holdfast\.[0-9a-f]{12}\.css$/)
  const answer = await get(assetUrl('holdfast.css'), 'gzip, br')
  assert.equal(answer.statusCode, 200)
  assert.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable')
  assert.equal(answer.headers['x-content-type-options'], 'nosniff')
  assert.equal(answer.headers['content-type'], 'text/css; charset=utf-8')
})

test('A browser that takes brotli gets the small file, and another the same content plain', async () => {
  const small = await get(assetUrl('base.js'), 'gzip, deflate, br')
  const plain = await get(assetUrl('base.js'), 'gzip, br;q=0')
  assert.equal(small.headers['content-encoding'], 'br')
  assert.equal(plain.headers['content-encoding'], undefined)
  assert.equal(small.headers.vary, 'accept-encoding')
  assert.equal(brotliDecompressSync(small.rawPayload).toString(), plain.body)
})

test('Somebody on a slow telephone waits for at most 15 kB of style and 4 kB of script', async () => {
  const bytes = async (name: string) => (await get(assetUrl(name), 'br')).rawPayload.length
  assert.ok((await bytes('holdfast.css')) < 15_000)
  assert.ok((await bytes('base.js')) < 4_000)
})

test('Somebody who asks for a file under another name gets nothing', async () => {
  for (const url of ['/assets/holdfast.css', '/assets/holdfast.000000000000.css', '/assets/..%2f..%2fpackage.json']) {
    assert.equal((await get(url, 'br')).statusCode, 404)
  }
  assert.throws(() => assetUrl('missing.js'), /is it built/)
})

test('No page brings the fonts, crown or pictures of GOV.UK', async () => {
  const css = (await get(assetUrl('holdfast.css'), '')).body
  assert.doesNotMatch(css, /GDS Transport|url\(|@font-face|@import/)
})
