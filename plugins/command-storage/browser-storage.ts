/** What the browser says of the room it gives to this page. */
export interface BrowserStorage {
  state(): Promise<StorageState>
  /** May show a question of the browser's own. Resolves with what holds afterwards; true at once when it was granted before. */
  askToKeep(): Promise<boolean>
}

interface StorageState {
  /** Kept until the person clears it; otherwise the browser may drop all of it when room runs short. */
  readonly kept: boolean
  /** In bytes; undefined where the browser does not tell. */
  readonly used?: number | undefined
  readonly room?: number | undefined
}

/** As much of `navigator.storage` as is needed here. */
export interface StorageManagerLike {
  persisted(): Promise<boolean>
  persist(): Promise<boolean>
  estimate(): Promise<{ usage?: number; quota?: number }>
}

/** Absent where the page came over plain HTTP from another machine: then nothing is promised. */
export function browserStorage(manager: StorageManagerLike | undefined = ofThisBrowser()): BrowserStorage {
  return {
    async state() {
      if (manager === undefined) return { kept: false }
      const [kept, { usage, quota }] = await Promise.all([manager.persisted(), manager.estimate()])
      return { kept, used: usage, room: quota }
    },
    async askToKeep() {
      if (manager === undefined) return false
      return (await manager.persisted()) || manager.persist()
    },
  }
}

function ofThisBrowser(): StorageManagerLike | undefined {
  return (globalThis as { readonly navigator?: { readonly storage?: StorageManagerLike } }).navigator?.storage
}
