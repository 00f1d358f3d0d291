import type { Text } from '@palabre/sdk'
import type { View } from '@palabre/sdk/contract/view'

/** The sections that others bring to the settings. */
export interface Sections {
  readonly all: readonly { readonly id: string; readonly title: Text; readonly element: HTMLElement }[]
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
    add({ id, title, tag, properties }) {
      const section = { id, title, element: Object.assign(document.createElement(tag), properties) }
      set([...all, section])
      return () => set(all.filter((one) => one !== section))
    },
    watch(fn) {
      watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    },
  }
}
