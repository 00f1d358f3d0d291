import type { Text } from '../text.ts'
import { slot } from '../token.ts'

/** Where the quick switcher looks. */
export interface Finder {
  /** Unique among finders: `conversations`. */
  readonly id: string
  readonly title: Text
  /** The best first, a few at most; for no words, what the person may want most. Fails with `cancelled`. */
  find(words: string, options: { readonly signal: AbortSignal }): Promise<readonly Found[]>
}

export interface Found {
  readonly id: string
  /** As people wrote it: shown as text, whatever it holds. */
  readonly title: string
  readonly detail?: string | undefined
  open(): void
}

export const Finder = slot<Finder>('finder')
