import type { CatalogEntry } from '@palabre/kernel'
import { definePlugin, PalabreError, sdkVersion, text } from '@palabre/sdk'
import { View } from '@palabre/sdk/contract/view'
import type { PageLanguage } from './language.ts'
import { createPanels } from './panels.ts'

/** The host's own plugin: it looks at the slot of views and puts each where it belongs. */
export function stagePlugin(language: PageLanguage): CatalogEntry {
  const panels = createPanels(language)
  const status = document.querySelector('#status')!
  const plugin = definePlugin({
    needs: { views: View },
    start({ views }) {
      views.watch((view) => {
        const shown = elementOf(view)
        if (view.place === 'status') {
          status.append(shown)
          return () => shown.remove()
        }
        const remove = panels.add(view, shown)
        panels.arrange([...views])
        return remove
      })
    },
  })
  return { id: stageId, source: 'host-web/page', manifest, load: async () => plugin }
}

export const stageId = 'page-stage'

const manifest = {
  id: stageId,
  version: sdkVersion,
  engines: { palabre: `^${sdkVersion}` },
  title: text('Where views appear in the page', 'Là où les vues paraissent dans la page'),
  hosts: ['web'],
  needs: ['view@1[]'],
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
