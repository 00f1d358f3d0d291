import { createWatched, PalabreError, text } from '@palabre/sdk'
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
  const all = createWatched<readonly Standing[]>([])
  return {
    at: (place, of) => all.now.filter(({ view }) => view.place === place && (of === undefined || view.of === of)),
    add(view, plugin) {
      const standing = { view, plugin, element: elementOf(view) }
      all.set([...all.now, standing].toSorted(inOrder))
      return () => {
        all.set(all.now.filter((one) => one !== standing))
        standing.element.remove()
      }
    },
    watch: all.watch,
  }
}

const inOrder = ({ view: a }: Standing, { view: b }: Standing) => (a.order ?? 50) - (b.order ?? 50) || (a.id < b.id ? -1 : 1)

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
