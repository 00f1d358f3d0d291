import type { Language, Text } from '@palabre/sdk'
import { themes, type Face, type Theme } from '@palabre/sdk/contract/face'
import { keepChoice, keptChoice } from './kept-choice.ts'
import { openJourney } from './whereabouts.ts'

/** What the frame itself needs of the face besides what views see. */
export interface OwnFace extends Omit<Face, 'tag' | 'properties'>, Disposable {
  /** What is being said, for as long as it is shown. */
  readonly said: Text | undefined
  /** Counts each `open`, so that the frame knows when to move the focus. */
  readonly moves: number
  readonly asked: Asked | undefined
  ask(what: Asked | undefined): void
  changed(): void
}

/** What the box over everything is open for. */
export type Asked = 'command' | 'find' | 'keys'

const themeKey = 'palabre/theme'
const sayMs = 6_000

export function createFace({ sheet, after }: { sheet: unknown; after(ms: number, fn: () => void): Disposable }): OwnFace {
  const watchers = new Set<() => void>()
  const changed = () => watchers.forEach((fn) => fn())
  const root = document.documentElement
  const journey = openJourney(changed)
  const observer = new MutationObserver(changed)
  observer.observe(root, { attributeFilter: ['lang'] })
  const attention = () => changed()
  for (const [target, event] of attentions) target().addEventListener(event, attention)

  let theme: Theme = themes.find((one) => one === keptChoice(themeKey)) ?? 'dark'
  root.dataset['theme'] = theme
  let said: Text | undefined
  let forget: Disposable | undefined
  let moves = 0
  let asked: Asked | undefined

  return {
    get at() {
      return journey.at
    },
    open(view, subject) {
      moves += 1
      asked = undefined
      journey.go({ view, subject })
    },
    get language() {
      return languageNow()
    },
    speak(language) {
      root.lang = language
    },
    get theme() {
      return theme
    },
    wear(chosen) {
      theme = chosen
      root.dataset['theme'] = chosen
      keepChoice(themeKey, chosen)
      changed()
    },
    say(what) {
      forget?.[Symbol.dispose]()
      said = what
      forget = after(sayMs, () => {
        said = undefined
        changed()
      })
      changed()
    },
    get watched() {
      return document.visibilityState === 'visible' && document.hasFocus()
    },
    sheet,
    get said() {
      return said
    },
    get moves() {
      return moves
    },
    get asked() {
      return asked
    },
    ask(what) {
      asked = what
      changed()
    },
    changed,
    watch(fn) {
      watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    },
    [Symbol.dispose]() {
      journey[Symbol.dispose]()
      observer.disconnect()
      for (const [target, event] of attentions) target().removeEventListener(event, attention)
      delete root.dataset['theme']
      watchers.clear()
    },
  }
}

const attentions: readonly (readonly [() => EventTarget, string])[] = [
  [() => document, 'visibilitychange'],
  [() => window, 'focus'],
  [() => window, 'blur'],
]

const languageNow = (): Language => (document.documentElement.lang.startsWith('fr') ? 'fr' : 'en')
