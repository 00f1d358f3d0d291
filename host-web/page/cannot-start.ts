import type { PalabreError } from '@palabre/sdk'

/**
 * Says why there is nothing to see, in both languages: which one is spoken here may be what could not be read. Needs nothing that
 * could be broken too.
 */
export function showCannotStart(error: unknown): void {
  const { text, todo } = reasonOf(error)
  const again = button('Load the page again · Recharger la page', () => location.reload())
  const aside = canSetAside(error)
    ? [button('Forget what was switched in this browser · Oublier ce qui a été réglé dans ce navigateur', forget)]
    : []
  const box = element('section', '')
  box.className = 'cannot-start'
  box.setAttribute('role', 'alert')
  box.append(
    saying('en', 'Palabre cannot start', text.en, todo?.en),
    saying('fr', 'Palabre ne peut pas démarrer', text.fr, todo?.fr),
    again,
    ...aside,
  )
  document.querySelector('main')!.replaceChildren(box)
}

/** Where `kept-settings.ts` keeps them. */
export const settingsKey = 'palabre/plugins'

type Reason = Pick<PalabreError, 'text' | 'todo'>

/** An error of ours says it in both languages. Any other speaks English, and of a module that did not come the browser says little. */
function reasonOf(error: unknown): Reason {
  const told = error as Partial<Reason> | undefined
  if (typeof told?.text?.en === 'string') return told as Reason
  const message = error instanceof Error ? error.message : String(error)
  const isMissing = /dynamically imported module|importing a module/i.test(message)
  return isMissing
    ? {
        text: { en: 'A part of the page did not arrive.', fr: 'Une partie de la page n’est pas arrivée.' },
        todo: { en: 'Look whether the server is still there.', fr: 'Vérifiez que le serveur est toujours là.' },
      }
    : { text: { en: message, fr: message }, todo: undefined }
}

/** Only what the person changed here can be given up here. */
function canSetAside(error: unknown): boolean {
  try {
    return (error as PalabreError).actor === 'caller' && localStorage.getItem(settingsKey) !== null
  } catch {
    return false
  }
}

function forget(): void {
  localStorage.removeItem(settingsKey)
  location.reload()
}

function saying(language: string, title: string, reason: string, todo: string | undefined): HTMLElement {
  const part = document.createElement('div')
  part.lang = language
  part.append(element('h1', title), element('p', reason), ...(todo === undefined ? [] : [element('p', todo)]))
  return part
}

function button(label: string, act: () => void): HTMLElement {
  const made = element('button', label)
  made.addEventListener('click', act)
  return made
}

function element(tag: string, words: string): HTMLElement {
  const made = document.createElement(tag)
  made.textContent = words
  return made
}
