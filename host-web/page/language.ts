import { languages, type Language } from '@palabre/sdk'
import type { Keep } from './keep.ts'

const key = 'palabre/language'

/** Which language the page speaks: the one chosen here, else the first of the browser's that we know. The root element says it to all. */
export interface PageLanguage {
  readonly now: Language
  choose(language: Language): void
  /** Runs now and at each change. */
  follow(fn: (language: Language) => void): void
}

export function openLanguage(keep: Keep): PageLanguage {
  const root = document.documentElement
  const chosen = languages.find((language) => language === keep.get(key))
  root.lang = chosen ?? firstKnown(navigator.languages)
  // Views choose by the same attribute.
  new MutationObserver(() => remember(keep, root.lang)).observe(root, { attributeFilter: ['lang'] })
  return {
    get now() {
      return root.lang as Language
    },
    choose(language) {
      root.lang = language
    },
    follow(fn) {
      const tell = () => fn(root.lang as Language)
      new MutationObserver(tell).observe(root, { attributeFilter: ['lang'] })
      tell()
    },
  }
}

function remember(keep: Keep, language: string): void {
  try {
    keep.set(key, language)
  } catch {
    // Spoken until the page is left, then.
  }
}

function firstKnown(wanted: readonly string[]): Language {
  const known = wanted.map((tag) => languages.find((language) => tag.toLowerCase().split('-')[0] === language))
  return known.find((language) => language !== undefined) ?? 'en'
}
