import { languages, type Language, type Text } from '@palabre/sdk'
import { themes, type Face, type Theme } from '@palabre/sdk/contract/face'
import type { Choices } from './choices.ts'
import { openJourney } from './whereabouts.ts'

/** What the frame itself needs of the face besides what views see. */
export interface OwnFace extends Omit<Face, 'tag' | 'properties'>, Disposable {
  /** What is being said, for as long as it is shown. */
  readonly said: Text | undefined
  /** Counts each `open`, so that the frame knows when to move the focus. */
  readonly moves: number
  /** How many messages wait. */
  readonly waiting: number
  readonly asked: Asked | undefined
  ask(what: Asked | undefined): void
  changed(): void
}

/** What the box over everything is open for. */
export type Asked = 'command' | 'find' | 'keys'

export interface FaceParts {
  readonly sheet: unknown
  readonly choices: Choices
  after(ms: number, fn: () => void): Disposable
}

const sayMs = 6_000

export function createFace({ sheet, choices, after }: FaceParts): OwnFace {
  const watchers = new Set<() => void>()
  const changed = () => watchers.forEach((fn) => fn())
  const root = document.documentElement
  const journey = openJourney(changed)
  const observer = new MutationObserver(() => {
    choices.keep('language', root.lang)
    changed()
  })
  observer.observe(root, { attributeFilter: ['lang'] })
  const attention = () => changed()
  for (const [target, event] of attentions) target().addEventListener(event, attention)

  const themeNow = (): Theme => themes.find((one) => one === choices.kept('theme')) ?? 'dark'
  const wearKept = () => {
    root.dataset['theme'] = themeNow()
    const language = languages.find((one) => one === choices.kept('language'))
    if (language !== undefined && root.lang !== language) root.lang = language
  }
  wearKept()
  const following = choices.watch(() => {
    wearKept()
    changed()
  })
  let said: Text | undefined
  let forget: Disposable | undefined
  let moves = 0
  let waiting = 0
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
      return themeNow()
    },
    wear: (chosen) => choices.keep('theme', chosen),
    kept: choices.kept,
    keep: choices.keep,
    markWaiting(count) {
      waiting = count
      changed()
    },
    get waiting() {
      return waiting
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
      following[Symbol.dispose]()
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
