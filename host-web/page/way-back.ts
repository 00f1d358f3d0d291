import type { Kernel } from '@palabre/kernel'
import { textOf, type Text } from '@palabre/sdk'
import type { PluginInfo } from '@palabre/sdk/contract/plugins'
import type { PageLanguage } from './language.ts'
import { words } from './page-words.ts'

/**
 * The way back out of what a person can do to this page with its own switches: when no panel is left, or the switches are gone with
 * the plugin that worked them, it names what is off and offers to switch it on. It talks to the kernel itself and needs no plugin.
 */
export function showWayBack(kernel: Kernel, language: PageLanguage): void {
  const place = document.querySelector('#way-back')!
  const main = document.querySelector<HTMLElement>('main')!
  let refused: Text | undefined

  const enable = async (id: string) => {
    refused = undefined
    try {
      await kernel.plugins.enable(id)
      // The button is gone now, and the focus must not be lost with it.
      if (!document.body.classList.contains('framed')) main.focus()
    } catch (error) {
      refused = textOf(error)
    }
    show()
  }

  const show = () => {
    const lost = whatIsLost(kernel)
    place.replaceChildren(...(lost === undefined ? [] : [notice(lost, resting(kernel), refused, language, enable)]))
  }
  kernel.plugins.watch(() => queueMicrotask(show))
  language.follow(show)
}

interface Lost {
  readonly title: Text
  readonly why: Text
}

function whatIsLost(kernel: Kernel): Lost | undefined {
  if (kernel.plugins.list().some(({ state }) => onTheMove.includes(state))) return undefined
  if (document.querySelector('#frame > *, main > :not([hidden])') === null)
    return { title: words.nothingShown, why: words.nothingShownWhy }
  const isGone = kernel.commands.list().some(({ id, available }) => id === 'plugins.enable' && !available)
  return isGone ? { title: words.noSwitches, why: words.noSwitchesWhy } : undefined
}

const onTheMove = ['found', 'checked', 'planned', 'starting', 'stopping']

function resting(kernel: Kernel): PluginInfo[] {
  return kernel.plugins.list().filter(({ state }) => ['disabled', 'failed', 'quarantined', 'blocked'].includes(state))
}

function notice(
  lost: Lost,
  plugins: readonly PluginInfo[],
  refused: Text | undefined,
  language: PageLanguage,
  enable: (id: string) => Promise<void>,
): HTMLElement {
  const box = element('section')
  box.className = 'way-back'
  box.setAttribute('role', 'alert')
  const why = plugins.length === 0 ? words.noViews : lost.why
  box.append(element('h1', lost.title[language.now]), element('p', why[language.now]))
  if (refused !== undefined) box.append(element('p', refused[language.now]))
  const list = element('ul')
  list.append(...plugins.map((info) => line(info, language, enable)))
  if (plugins.length > 0) box.append(list)
  return box
}

/** A blocked plugin has no button: what it waits for has one. */
function line(info: PluginInfo, language: PageLanguage, enable: (id: string) => Promise<void>): HTMLElement {
  const { id, title, state, reason } = info
  const item = element('li')
  const said = element('p', title[language.now])
  if (reason !== undefined) said.append(element('small', reason[language.now]))
  item.append(said)
  if (state === 'blocked') return item
  const button = element('button', words.switchOn[language.now])
  button.setAttribute('aria-label', `${words.switchOn[language.now]} : ${title[language.now]}`)
  button.dataset['plugin'] = id
  button.addEventListener('click', () => void enable(id))
  item.append(button)
  return item
}

function element(tag: string, words = ''): HTMLElement {
  const made = document.createElement(tag)
  made.textContent = words
  return made
}
