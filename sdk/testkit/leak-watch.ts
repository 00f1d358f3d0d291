import { noteHandlePlaces, type HandlePlaces } from './handle-places.ts'

/**
 * Finds what a plugin took past its scope and left behind: timers of the language, and in Node open handles, each with the place
 * that made it.
 */
export interface LeakWatch {
  /** What is left, one line each; empty when all is well. */
  leaks(): Promise<string[]>
  end(): void
}

type TimerFn = (fn: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => unknown

interface TimerGlobals {
  setTimeout: TimerFn
  setInterval: TimerFn
  clearTimeout(timer: unknown): void
  clearInterval(timer: unknown): void
  process?: { getActiveResourcesInfo?(): string[] }
}

const globals = globalThis as unknown as TimerGlobals
const originals = {
  setTimeout: globals.setTimeout,
  setInterval: globals.setInterval,
  clearTimeout: globals.clearTimeout,
  clearInterval: globals.clearInterval,
}

/** Test hosts may overlap; timers are watched from the first to the last. */
const live = new Map<unknown, string>()
let watchers = 0

export function watchLeaks(): LeakWatch {
  if (watchers++ === 0) wrapTimers()
  const handlesLeft = watchHandles()
  const places = noteHandlePlaces()
  return {
    async leaks() {
      const handles = await handlesLeft()
      const timers = await onceSettled(timersLeft)
      return [...timers, ...handles.flatMap((kind) => described(kind, places))]
    },
    end() {
      places.forget()
      if (--watchers > 0) return
      Object.assign(globals, originals)
      for (const timer of live.keys()) originals.clearTimeout(timer)
      live.clear()
    },
  }
}

/**
 * A timer of Node's can also end by itself, unseen. Those of libp2p end within a second of a node's stop, and may be of a node of the
 * test before.
 */
function timersLeft(): string[] {
  const isOurs = (place: string) => !place.includes('/node_modules/@libp2p/')
  const left = [...live].filter(([timer, place]) => (timer as { _destroyed?: boolean })._destroyed !== true && isOurs(place))
  return left.map(([, place]) => `a timer made ${place}`)
}

function described(kind: string, places: HandlePlaces): string[] {
  const known = places.of(kind)
  return known.length === 0 ? [`an open ${kind}`] : known.map((place) => `an open ${kind} made ${place}`)
}

function wrapTimers(): void {
  globals.setTimeout = Object.assign((fn: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => {
    const timer = originals.setTimeout(() => {
      live.delete(timer)
      fn(...args)
    }, ms)
    note(timer, placeOfCaller())
    return timer
  }, originals.setTimeout)
  globals.setInterval = (fn, ms, ...args) => {
    const timer = originals.setInterval(fn, ms, ...args)
    note(timer, placeOfCaller())
    return timer
  }
  const forget = (clear: (timer: unknown) => void) => (timer: unknown) => {
    live.delete(timer)
    clear(timer)
  }
  globals.clearTimeout = forget(originals.clearTimeout)
  globals.clearInterval = forget(originals.clearInterval)
}

/** Node keeps timers of its own, as for the sockets of `fetch` and `WebSocket`. */
function note(timer: unknown, place: string): void {
  if (!place.includes('(node:internal/')) live.set(timer, place)
}

function placeOfCaller(): string {
  const line = new Error('here').stack?.split('\n')[3]?.trim()
  return line ?? 'somewhere'
}

function countHandles(): Map<string, number> {
  const counts = new Map<string, number>()
  for (const kind of globals.process?.getActiveResourcesInfo?.() ?? []) {
    if (!/Timeout|Immediate|TTY|Pipe/.test(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return counts
}

/** Tells which kinds of open handles are more than at this moment. */
export function watchHandles(): () => Promise<string[]> {
  const before = countHandles()
  const more = () => [...countHandles()].filter(([kind, count]) => count > (before.get(kind) ?? 0)).map(([kind]) => kind)
  return () => onceSettled(more)
}

/** What is still left after a fifth of a second: a socket takes a turn or two to close, a timer of a millisecond ends by itself. */
async function onceSettled(look: () => string[]): Promise<string[]> {
  for (let turn = 0; ; turn++) {
    const left = look()
    if (left.length === 0 || turn === 20) return left
    await new Promise<void>((resolve) => originals.setTimeout(() => resolve(), turn))
  }
}
