// Stands in where the network is gone: shows whom to ring, which base.ts has kept, in place of any page. It keeps nothing itself.

interface Fetching extends Event {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}

interface Waking extends Event {
  waitUntil(done: Promise<unknown>): void
}

interface Worker {
  skipWaiting(): Promise<void>
  readonly clients: { claim(): Promise<void> }
  addEventListener(type: 'install' | 'activate', listener: (event: Waking) => void): void
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void
}

const worker = self as unknown as Worker
const keptName = 'whom-to-ring'

/** What is kept under this address whatever stands behind its question mark, or the browser's own page of the failure. */
async function keptFor(address: string): Promise<Response> {
  const cache = await caches.open(keptName)
  return (await cache.match(address, { ignoreSearch: true, ignoreVary: true })) ?? Response.error()
}

worker.addEventListener('install', event => event.waitUntil(worker.skipWaiting()))
worker.addEventListener('activate', event => event.waitUntil(worker.clients.claim()))
worker.addEventListener('fetch', event => {
  const { request } = event
  const { pathname } = new URL(request.url)
  // Whoever signs out leaves nothing behind, also where no page is shown afterwards.
  if (request.method === 'POST' && pathname === '/sign-out') (event as Event as Waking).waitUntil(caches.delete(keptName))
  if (request.method !== 'GET') return
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => keptFor('/whom-to-ring')))
  else if (request.destination === 'style') event.respondWith(fetch(request).catch(() => keptFor(pathname)))
})
