import type { Page } from './page.ts'

/** As much of a page as the port touches, for the tests. */
export interface TestPage extends Page {
  readonly location: { readonly protocol: string; readonly host: string; readonly pathname: string; hash: string }
}

export function pageAt(address: string): TestPage {
  const { protocol, host, pathname, hash } = new URL(address)
  const location = { protocol, host, pathname, hash }
  const stored = new Map<string, string>()
  return {
    location,
    history: { replaceState: (_state, _unused, shown) => void (location.hash = new URL(shown, address).hash) },
    sessionStorage: {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
      removeItem: (key) => void stored.delete(key),
    },
    addEventListener() {},
    removeEventListener() {},
  }
}
