import { PalabreError, text } from '@palabre/sdk'
import type { View, ViewPlace } from '@palabre/sdk/contract/view'

export interface Standing {
  readonly view: View
  readonly plugin: string
  readonly element: HTMLElement
}

/** The elements of the views that are there, by place and in order. */
export interface Stand {
  at(place: ViewPlace, of?: string): readonly Standing[]
  /** Returns what takes it away again. */
  add(view: View, plugin: string): () => void
  watch(fn: () => void): Disposable
}

export function createStand(): Stand {
  let all: readonly Standing[] = []
  const watchers = new Set<() => void>()
  const set = (now: readonly Standing[]) => {
    all = now.toSorted((a, b) => (a.view.order ?? 50) - (b.view.order ?? 50) || (a.view.id < b.view.id ? -1 : 1))
    for (const fn of watchers) fn()
  }
  return {
    at: (place, of) => all.filter(({ view }) => view.place === place && (of === undefined || view.of === of)),
    add(view, plugin) {
      const standing = { view, plugin, element: elementOf(view) }
      set([...all, standing])
      return () => {
        set(all.filter((one) => one !== standing))
        standing.element.remove()
      }
    },
    watch(fn) {
      watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    },
  }
}

function elementOf({ id, tag, properties }: View): HTMLElement {
  if (!tag.startsWith('palabre-') || customElements.get(tag) === undefined) throw undefinedTag(id, tag)
  return Object.assign(document.createElement(tag), properties)
}

function undefinedTag(id: string, tag: string): PalabreError {
  return new PalabreError(
    'bad-plugin',
    text(
      `the view "${id}" wants the element "${tag}", which is not defined or does not start with "palabre-"`,
      `la vue « ${id} » veut l’élément « ${tag} », qui n’est pas défini ou ne commence pas par « palabre- »`,
    ),
  )
}
