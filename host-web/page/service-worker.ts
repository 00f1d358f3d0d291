// Lets the page start without a network. Bundled alone and served beside the page, so that it may answer for all of it.
import type { OfflinePlan } from './offline-plan.ts'

/** The build puts it here. */
declare const offlinePlan: OfflinePlan

/** As much of a service worker's world as this one uses; the types of the DOM do not go together with those of workers. */
interface WorkerEvent extends Event {
  readonly data: unknown
  readonly request: Request
  waitUntil(work: Promise<unknown>): void
  respondWith(answer: Promise<Response>): void
}

interface Worker {
  readonly location: Location
  readonly clients: { matchAll(options: object): Promise<readonly unknown[]> }
  addEventListener(name: string, fn: (event: WorkerEvent) => void): void
  skipWaiting(): Promise<void>
}

const worker = self as unknown as Worker
const plan = offlinePlan
const prefix = 'palabre-page-'
const cacheName = prefix + plan.version
const pageAddress = new URL('./', worker.location.href).href
const held = new Set(plan.files.map(({ path }) => new URL(path, worker.location.href).href))

worker.addEventListener('install', (event) => event.waitUntil(holdAll()))
worker.addEventListener('activate', (event) => event.waitUntil(dropOthers()))
worker.addEventListener('message', (event) => {
  if (event.data === 'take-over') event.waitUntil(takeOverFromOne())
})
worker.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request
  const plain = url.replace(/[?#].*$/s, '')
  const address = mode === 'navigate' && plain === new URL('./index.html', pageAddress).href ? pageAddress : plain
  if (method === 'GET' && held.has(address)) event.respondWith(answer(address, event.request))
})

/** All of it or nothing: a file whose content is not what was built fails the whole version. */
async function holdAll(): Promise<void> {
  const cache = await caches.open(cacheName)
  await Promise.all(
    plan.files.map(async ({ path, integrity }) => {
      const address = new URL(path, worker.location.href).href
      const answered = await fetch(address, { integrity, cache: 'no-cache' })
      if (!answered.ok) throw new Error(`${path} answered ${answered.status}`)
      await cache.put(address, answered)
    }),
  )
}

async function dropOthers(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== cacheName)
  await Promise.all(names.map((name) => caches.delete(name)))
}

/** Another tab still runs the version before, and would find half of its files gone. */
async function takeOverFromOne(): Promise<void> {
  const pages = await worker.clients.matchAll({ includeUncontrolled: true, type: 'window' })
  if (pages.length <= 1) await worker.skipWaiting()
}

async function answer(address: string, request: Request): Promise<Response> {
  const cache = await caches.open(cacheName)
  return (await cache.match(address)) ?? fetch(request)
}
