import type { Entry, Leave, Live, Many, Watcher } from '@palabre/sdk'
import { createProviders } from './container.ts'

/** Who provides what now, and who wants to be told. */
export interface Services {
  /** The returned function withdraws it and resolves when everybody who watched has let go. */
  provide(key: symbol, plugin: string, value: unknown): () => Promise<void>
  /** Undefined when nobody provides it. */
  current(key: symbol): Entry<unknown> | undefined
  watch(key: symbol, viewer: Viewer, watcher: Watcher<unknown>): Disposable
  live(key: symbol, viewer: Viewer): Live<unknown>
  many(key: symbol, viewer: Viewer): Many<unknown>
  /** Plugins named earlier come first at this slot. */
  prefer(key: symbol, plugins: readonly string[]): void
}

/** The plugin that looks: whose watchers these are, and whom to blame when one throws. */
export interface Viewer {
  hold(stopWatching: () => Promise<void>): Disposable
  guard<T>(where: string, fn: () => T | Promise<T>): Promise<T | undefined>
}

interface Watch {
  enter(entry: Entry<unknown>): void
  leave(entry: Entry<unknown>): Promise<void>
  leaveAll(): Promise<void>
}

export function createServices(): Services {
  const providers = createProviders()
  const watches = new Map<symbol, Set<Watch>>()
  const preferences = new Map<symbol, readonly string[]>()

  const all = (key: symbol) => inOrder(providers.all(key) as Entry<unknown>[], preferences.get(key))

  const watch = (key: symbol, viewer: Viewer, watcher: Watcher<unknown>): Disposable => {
    const one = createWatch(viewer, watcher)
    const row = watches.get(key) ?? new Set()
    watches.set(key, row.add(one))
    for (const entry of all(key)) one.enter(entry)
    return viewer.hold(async () => {
      row.delete(one)
      if (row.size === 0) watches.delete(key)
      await one.leaveAll()
    })
  }

  return {
    provide(key, plugin, value) {
      const entry: Entry<unknown> = { plugin, value }
      const remove = providers.add(key, entry)
      for (const one of watches.get(key) ?? []) one.enter(entry)
      return async () => {
        remove()
        const row = watches.get(key)
        if (row !== undefined) await Promise.all([...row].map((one) => one.leave(entry)))
      }
    },
    current: (key) => providers.all(key)[0] as Entry<unknown> | undefined,
    watch,
    live: (key, viewer) => ({
      get current() {
        return (providers.all(key)[0] as Entry<unknown> | undefined)?.value
      },
      watch: (watcher) => watch(key, viewer, watcher),
    }),
    many: (key, viewer) => ({
      get entries() {
        return all(key)
      },
      *[Symbol.iterator]() {
        for (const { value } of all(key)) yield value
      },
      watch: (watcher) => watch(key, viewer, watcher),
    }),
    prefer: (key, plugins) => void preferences.set(key, plugins),
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
    enter: (entry) =>
      void shown.set(
        entry,
        viewer.guard('a watcher', () => watcher(entry.value, entry.plugin)),
      ),
    leave,
    leaveAll: async () => void (await Promise.all([...shown.keys()].map(leave))),
  }
}

function inOrder(entries: Entry<unknown>[], preferred: readonly string[] | undefined): readonly Entry<unknown>[] {
  if (preferred === undefined) return entries
  const rank = ({ plugin }: Entry<unknown>) => {
    const place = preferred.indexOf(plugin)
    return place === -1 ? preferred.length : place
  }
  return entries.toSorted((a, b) => rank(a) - rank(b))
}
