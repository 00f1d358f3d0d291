/** The little of a browser's page that the port touches. */
export interface Page {
  readonly location: { readonly protocol: string; readonly host: string; readonly pathname: string; readonly hash: string }
  readonly history: { replaceState(state: null, unused: string, address: string): void }
  readonly sessionStorage: {
    getItem(key: string): string | null
    setItem(key: string, value: string): void
    removeItem(key: string): void
  }
  addEventListener(type: 'hashchange', listener: () => void): void
  removeEventListener(type: 'hashchange', listener: () => void): void
}

export function browserPage(): Page {
  return globalThis as unknown as Page
}
