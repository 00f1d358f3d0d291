/** What this browser keeps for us between two visits. */
export interface Keep {
  get(key: string): string | undefined
  /** Throws when there is no room. */
  set(key: string, value: string): void
  /** False where the browser keeps nothing: then it lasts as long as the page. */
  readonly lasts: boolean
}

export function openKeep(): Keep {
  const storage = usableStorage()
  const memory = new Map<string, string>()
  return {
    get: (key) => (storage === undefined ? memory.get(key) : (storage.getItem(key) ?? undefined)),
    set: (key, value) => (storage === undefined ? void memory.set(key, value) : storage.setItem(key, value)),
    lasts: storage !== undefined,
  }
}

/** Private windows and strict settings let it throw at the first touch. */
function usableStorage(): Storage | undefined {
  try {
    localStorage.getItem('palabre')
    return localStorage
  } catch {
    return undefined
  }
}
