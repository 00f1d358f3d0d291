import type { Text } from '@palabre/sdk'
import type { View } from '@palabre/sdk/contract/view'

interface Section {
  readonly id: string
  readonly title: Text
  readonly order: number
  readonly element: HTMLElement
}

/** The sections that others bring to the settings, in their order. */
export interface Sections {
  readonly all: readonly Section[]
  add(view: View): () => void
  watch(fn: () => void): Disposable
}

export function createSections(): Sections {
  let all: Sections['all'] = []
  const watchers = new Set<() => void>()
  const set = (now: Sections['all']) => {
    all = now
    for (const fn of watchers) fn()
  }
  return {
    get all() {
      return all
    },
    add({ id, title, order = 50, tag, properties }) {
      const section = { id, title, order, element: Object.assign(document.createElement(tag), properties) }
      set([...all, section].toSorted((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1)))
      return () => set(all.filter((one) => one !== section))
    },
    watch(fn) {
      watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    },
  }
}
