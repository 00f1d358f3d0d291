import type { CatalogEntry } from '@palabre/kernel'
import { definePlugin, optional, PalabreError, sdkVersion, text } from '@palabre/sdk'
import { Face } from '@palabre/sdk/contract/face'
import { View } from '@palabre/sdk/contract/view'
import type { PageLanguage } from './language.ts'
import { createPanels } from './panels.ts'

/**
 * The host's own plugin. It shows the frame that a plugin brings; where there is none, it puts the panels and status lines that can do
 * without one into a plain page.
 */
export function stagePlugin(language: PageLanguage): CatalogEntry {
  const plain = plainPage(language)
  const plugin = definePlugin({
    needs: { views: View, face: optional(Face) },
    start({ views, face }) {
      const all = new Map<View, () => void>()
      let isFramed = false
      const arrange = () => plain.arrange([...views])

      views.watch((view) => {
        all.set(view, isFramed ? nothing : plain.add(view))
        if (!isFramed) arrange()
        return () => {
          all.get(view)?.()
          all.delete(view)
        }
      })
      face.watch((frame) => {
        isFramed = true
        for (const [view, remove] of all) {
          remove()
          all.set(view, nothing)
        }
        const remove = showFrame(frame)
        return () => {
          remove()
          isFramed = false
          for (const view of all.keys()) all.set(view, plain.add(view))
          arrange()
        }
      })
    },
  })
  return { id: stageId, source: 'host-web/page', manifest, load: async () => plugin }
}

const nothing = () => undefined

function plainPage(language: PageLanguage) {
  const panels = createPanels(language)
  const status = document.querySelector('#status')!
  return {
    arrange: panels.arrange,
    add(view: View): () => void {
      if (view.place !== 'panel' && view.place !== 'status') return nothing
      const shown = elementOf(view)
      if (view.place === 'panel') return panels.add(view, shown)
      status.append(shown)
      return () => shown.remove()
    },
  }
}

function showFrame({ tag, properties }: Face): () => void {
  const shown = elementOf({ id: 'face', tag, properties })
  document.body.classList.add('framed')
  document.querySelector('#frame')!.append(shown)
  return () => {
    shown.remove()
    document.body.classList.remove('framed')
  }
}

export const stageId = 'page-stage'

const manifest = {
  id: stageId,
  version: sdkVersion,
  engines: { palabre: `^${sdkVersion}` },
  title: text('Where views appear in the page', 'Là où les vues paraissent dans la page'),
  hosts: ['web'],
  needs: ['view@1[]'],
  optional: ['face@1'],
}

function elementOf({ id, tag, properties }: Pick<View, 'id' | 'tag' | 'properties'>): HTMLElement {
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
