import { isPalabreError } from '@palabre/sdk'
import type { Port } from '@palabre/sdk/contract/port'
import { followPort } from '@palabre/sdk/contract/port-follow'

/** What the person chose in faces, by name. */
export interface Choices {
  kept(key: string): string | undefined
  keep(key: string, value: string): void
  watch(fn: () => void): Disposable
}

interface Sources {
  readonly port: Port
  readonly signal: AbortSignal
  after(ms: number, fn: () => void): Disposable
}

/** A page at a new address knows nothing: it would rather open a moment later than in the wrong colours. */
const patienceMs = 1_000

const prefix = 'palabre/choice/'

/**
 * Kept by this browser, and by the kernel where it offers to (`choices.watch`): then all faces of that kernel choose alike, and what it
 * says weighs more. Resolves as soon as there is something to go by.
 */
export async function openChoices({ port, signal, after }: Sources): Promise<Choices> {
  const known = readBrowser()
  const watchers = new Set<() => void>()
  const changed = () => watchers.forEach((fn) => fn())
  const take = (key: string, value: string) => {
    known.set(key, value)
    writeBrowser(key, value)
  }
  const ready = Promise.withResolvers<void>()
  const over = new AbortController()
  const leave = () => over.abort()
  signal.addEventListener('abort', leave, { once: true })

  void followPort({
    port,
    command: 'choices.watch',
    signal: over.signal,
    after,
    fresh: () => undefined,
    heard(data) {
      for (const [key, value] of Object.entries(data as Readonly<Record<string, string>>)) take(key, value)
      ready.resolve()
      changed()
    },
    lost(error) {
      if (!isPalabreError(error) || error.code === 'closed') return
      ready.resolve()
      // A kernel in this page leaves it to the browser.
      if (error.code === 'unknown-command') over.abort()
    },
  })
  using _patience = after(patienceMs, ready.resolve)
  if (known.size === 0) await ready.promise

  return {
    kept: (key) => known.get(key),
    keep(key, value) {
      if (known.get(key) === value) return
      take(key, value)
      if (!over.signal.aborted) port.run('choices.keep', { key, value }).catch(() => undefined)
      changed()
    },
    watch(fn) {
      watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    },
  }
}

/** Where a browser keeps nothing for us, what is chosen lasts as long as the page. */
function readBrowser(): Map<string, string> {
  try {
    const own = Object.entries(localStorage).filter(([key]) => key.startsWith(prefix)) as readonly [string, string][]
    return new Map(own.map(([key, value]) => [key.slice(prefix.length), value]))
  } catch {
    return new Map()
  }
}

function writeBrowser(key: string, value: string): void {
  try {
    localStorage.setItem(prefix + key, value)
  } catch {
    // A private window, or no room.
  }
}
