import { createWatched, type Text, type Watched } from '@palabre/sdk'
import type { View } from '@palabre/sdk/contract/view'

interface Section {
  readonly id: string
  readonly title: Text
  readonly order: number
  readonly element: HTMLElement
}

/** The sections that others bring to the settings, in their order. */
export interface Sections extends Watched<readonly Section[]> {
  /** Returns what takes it away again. */
  add(view: View): () => void
}

export function createSections(): Sections {
  const all = createWatched<readonly Section[]>([])
  return {
    get now() {
      return all.now
    },
    watch: all.watch,
    add({ id, title, order = 50, tag, properties }) {
      const section = { id, title, order, element: Object.assign(document.createElement(tag), properties) }
      all.set([...all.now, section].toSorted((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1)))
      return () => all.set(all.now.filter((one) => one !== section))
    },
  }
}
