import type { View } from '@palabre/sdk/contract/view'
import type { PageLanguage } from './language.ts'
import { words } from './page-words.ts'

/** The panels of the page, one shown at a time; with more than one, links lead from one to the other. */
export interface Panels {
  /** The returned function takes it away again. */
  add(view: View, element: HTMLElement): () => void
  /** In this order from now on; the first is shown when the address names none. */
  arrange(order: readonly View[]): void
}

interface Panel {
  readonly view: View
  readonly element: HTMLElement
}

export function createPanels(language: PageLanguage): Panels {
  const main = document.querySelector<HTMLElement>('main')!
  const nav = document.querySelector<HTMLElement>('#views')!
  const panels: Panel[] = []

  const show = () => {
    const asked = panels.find(({ view }) => `#${view.id}` === location.hash)
    const current = asked ?? panels[0]
    for (const panel of panels) panel.element.hidden = panel !== current
    document.title = current === undefined ? 'Palabre' : `${current.view.title[language.now]} · Palabre`
    nav.hidden = panels.length < 2
    nav.setAttribute('aria-label', words.views[language.now])
    nav.replaceChildren(...panels.map((panel) => linkTo(panel, panel === current, language)))
  }
  addEventListener('hashchange', show)
  language.follow(show)

  return {
    add(view, element) {
      const panel = { view, element }
      panels.push(panel)
      main.append(element)
      show()
      return () => {
        panels.splice(panels.indexOf(panel), 1)
        element.remove()
        show()
      }
    },
    arrange(order) {
      panels.sort((a, b) => order.indexOf(a.view) - order.indexOf(b.view))
      show()
    },
  }
}

function linkTo({ view }: Panel, isCurrent: boolean, language: PageLanguage): HTMLElement {
  const link = document.createElement('a')
  link.href = `#${view.id}`
  link.textContent = view.title[language.now]
  if (isCurrent) link.setAttribute('aria-current', 'page')
  return link
}
