import type { Language, Text } from '../text.ts'
import { token } from '../token.ts'

/**
 * The frame around all views, and what a view asks of it. Views do not know each other: who wants a conversation shown says
 * `open('chat', userId)`, and whichever view goes by that name shows it.
 */
export interface Face {
  /** What the page shows in place of its own plain arrangement: one element of `tag`, with `properties`. */
  readonly tag: string
  readonly properties: Readonly<Record<string, unknown>>
  /** Where the person is. Survives a reload; back and forward lead through it. */
  readonly at: Whereabouts
  /** Goes there, and puts the focus into it. A view that is not there now is shown when it comes. */
  open(view: string, subject?: string): void
  readonly language: Language
  speak(language: Language): void
  readonly theme: Theme
  wear(theme: Theme): void
  /** What the person chose once in a face, by a name like `notices.sound`; undefined when never chosen. */
  kept(key: string): string | undefined
  /** Keeps it for the next time, in this browser and with the kernel: the page of a desktop has another address at each start. */
  keep(key: string, value: string): void
  /** So many messages wait for the person: the title of the page says so. */
  markWaiting(count: number): void
  /** Says it once: shown for a while, and read aloud by screen readers. */
  say(said: Text): void
  /** Whether the person looks at the page now. */
  readonly watched: boolean
  /** A `CSSStyleSheet` with the parts that all views are made of: buttons, fields, lists, headings. `wearFace` puts it on. */
  readonly sheet: unknown
  /** Runs after each change of whereabouts, language, theme, attention and what is kept. */
  watch(fn: () => void): Disposable
}

export interface Whereabouts {
  readonly view: string
  /** What it shows, in words of its own: for `chat` the user id of the other person. */
  readonly subject?: string | undefined
}

export type Theme = 'dark' | 'light' | 'system'

export const themes: readonly Theme[] = ['dark', 'light', 'system']

export const Face = token<Face>('face')

/** As much of a Lit element as `wearFace` touches. */
export interface Wearer {
  readonly face: Face
  readonly renderRoot: unknown
  requestUpdate(): void
  addController(controller: { hostConnected(): void; hostDisconnected(): void; hostUpdate(): void; hostUpdated(): void }): void
  /** Puts the focus where it is of use. False: nowhere. */
  takeFocus?(): boolean
}

/** As much of its shadow root. */
interface Root {
  adoptedStyleSheets: readonly unknown[]
  readonly activeElement: { readonly isConnected: boolean } | null
  readonly ownerDocument: { readonly activeElement: unknown; readonly body: unknown }
  querySelector(selector: string): { focus(): void } | null
}

/**
 * In the constructor of an element: it wears the parts of the face, is drawn anew when the face changes, or what it shows besides, and
 * takes the focus back when what had it is gone from the drawing.
 */
export function wearFace(element: Wearer, besides: () => readonly Pick<Face, 'watch'>[] = () => []): void {
  const rootOf = () => element.renderRoot as Root
  let watching: readonly Disposable[] = []
  let focused: Root['activeElement'] = null
  element.addController({
    hostConnected() {
      const root = rootOf()
      const { sheet } = element.face
      // First, so that what an element says of itself weighs more.
      if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [sheet, ...root.adoptedStyleSheets]
      watching = [element.face, ...besides()].map((one) => one.watch(() => element.requestUpdate()))
      // Much may have happened while it was out of the page.
      element.requestUpdate()
    },
    hostDisconnected() {
      for (const one of watching) one[Symbol.dispose]()
    },
    hostUpdate() {
      focused = rootOf().activeElement
    },
    hostUpdated() {
      const { activeElement, body } = rootOf().ownerDocument
      if (focused?.isConnected !== false || activeElement !== body) return
      if (element.takeFocus?.() !== true) rootOf().querySelector('h1')?.focus()
    },
  })
}
