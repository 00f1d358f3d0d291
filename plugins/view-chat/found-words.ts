import type { Talk } from './talk.ts'
import type { SearchState } from './search-box.ts'

/** The search in a conversation: of the answers only the one to the last question counts. */
export interface FoundWords {
  readonly now: SearchState | undefined
  toggle(): void
  close(): void
  seek(talk: Talk, words: string): Promise<void>
}

export function createFoundWords(changed: () => void): FoundWords {
  let now: SearchState | undefined
  let seeking: AbortController | undefined
  const set = (state: SearchState | undefined) => {
    now = state
    changed()
  }
  const close = () => {
    seeking?.abort()
    set(undefined)
  }
  return {
    get now() {
      return now
    },
    toggle: () => (now === undefined ? set({ words: '', found: undefined }) : close()),
    close,
    async seek(talk, words) {
      seeking?.abort()
      const { signal } = (seeking = new AbortController())
      set({ words, found: undefined })
      if (words.trim() === '') return
      const found = await talk.search(words, signal).catch(() => [])
      if (!signal.aborted) set({ words, found })
    },
  }
}
