import type { Entry, Leave, Live, Many, Watcher } from '@palabre/sdk'
import { createProviders } from './container.ts'

/** Who provides what now, and who wants to be told. */
export interface Services {
  /** The returned function withdraws it and resolves when everybody who watched has let go. */
  provide(label: string, plugin: string, value: unknown): () => Promise<void>
  /** Undefined when nobody provides it. */
  current(label: string): Entry<unknown> | undefined
  watch(label: string, viewer: Viewer, watcher: Watcher<unknown>): Disposable
  live(label: string, viewer: Viewer): Live<unknown>
  many(label: string, viewer: Viewer): Many<unknown>
  /** Plugins named earlier come first at this slot. */
  prefer(label: string, plugins: readonly string[]): void
}

/** The plugin that looks: whose watchers these are, and whom to blame when one throws or is slow. */
export interface Viewer {
  /** False once it has stopped: it sees nobody any more. */
  readonly isOpen: boolean
  /** Throws once it has stopped. */
  hold(stopWatching: () => Promise<void>): Disposable
  guard<T>(where: string, fn: () => T | Promise<T>): Promise<T | undefined>
  /** Waits for it to let go, though not for ever. */
  letGo(work: Promise<void>): Promise<void>
}

interface Watch {
  enter(entry: Entry<unknown>): void
  leave(entry: Entry<unknown>): Promise<void>
  leaveAll(): Promise<void>
}

export function createServices(): Services {
  const providers = createProviders()
  const watches = new Map<string, Set<Watch>>()
  const preferences = new Map<string, readonly string[]>()

  const all = (label: string) => inOrder(providers.all(label), preferences.get(label))
  const current = (label: string) => providers.all(label)[0]

  const watch = (label: string, viewer: Viewer, watcher: Watcher<unknown>): Disposable => {
    const one = createWatch(viewer, watcher)
    const row = watches.get(label) ?? new Set()
    const held = viewer.hold(async () => {
      row.delete(one)
      if (row.size === 0) watches.delete(label)
      await one.leaveAll()
    })
    watches.set(label, row.add(one))
    for (const entry of all(label)) one.enter(entry)
    return held
  }

  return {
    provide(label, plugin, value) {
      const entry = Object.freeze({ plugin, value })
      const remove = providers.add(label, entry)
      // A copy: who begins to watch while another is told sees everybody by himself.
      for (const one of [...(watches.get(label) ?? [])]) one.enter(entry)
      return async () => {
        remove()
        const row = watches.get(label)
        if (row !== undefined) await Promise.all([...row].map((one) => one.leave(entry)))
      }
    },
    current,
    watch,
    live: (label, viewer) => ({
      get current() {
        return viewer.isOpen ? current(label)?.value : undefined
      },
      watch: (watcher) => watch(label, viewer, watcher),
    }),
    many: (label, viewer) => ({
      get entries() {
        return viewer.isOpen ? all(label) : []
      },
      *[Symbol.iterator]() {
        for (const { value } of this.entries) yield value
      },
      watch: (watcher) => watch(label, viewer, watcher),
    }),
    prefer: (label, plugins) => void preferences.set(label, plugins),
  }
}

function createWatch(viewer: Viewer, watcher: Watcher<unknown>): Watch {
  const shown = new Map<Entry<unknown>, Promise<Leave | void>>()

  const leave = async (entry: Entry<unknown>) => {
    const entered = shown.get(entry)
    if (entered === undefined) return
    shown.delete(entry)
    const cleanUp = await entered
    if (typeof cleanUp === 'function') await viewer.guard('a watcher', cleanUp)
  }

  return {
    enter(entry) {
      const entered = viewer.guard('a watcher', () => watcher(entry.value, entry.plugin))
      shown.set(entry, entered)
    },
    leave: (entry) => viewer.letGo(leave(entry)),
    leaveAll: () => viewer.letGo(Promise.all([...shown.keys()].map(leave)).then(() => undefined)),
  }
}

function inOrder(entries: readonly Entry<unknown>[], preferred: readonly string[] = []): readonly Entry<unknown>[] {
  if (preferred.length === 0) return entries
  const rank = ({ plugin }: Entry<unknown>) => {
    const place = preferred.indexOf(plugin)
    return place === -1 ? preferred.length : place
  }
  return entries.toSorted((a, b) => rank(a) - rank(b))
}
