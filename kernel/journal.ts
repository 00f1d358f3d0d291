/** Where the kernel notes which plugins are starting, so that one which takes the whole process down is known at the next boot. */
export interface BootJournal {
  /** What was last saved; undefined at the first boot or when it cannot be read. */
  load(): string | undefined
  /** Must be on its way out of the process when it returns. */
  save(text: string): void
}

/** A plugin that was starting when the process died this often is skipped. */
const enough = 2

export interface Journal {
  /** Plugins to skip at this boot: safe mode. */
  readonly suspects: ReadonlySet<string>
  /** Resolves at once, but for plugins that were starting when the process died: they start one at a time, so that one is found guilty. */
  turn(id: string): Promise<void>
  starting(id: string): void
  /** It runs, failed or was stopped: whatever happens now, its start did not kill us. */
  survived(id: string): void
  /** The person wants it tried again. */
  forgive(id: string): void
}

/** Without a journal safe mode is lost and nothing else: a fault of the storage is handed to `onError`. */
export function openJournal(storage: BootJournal | undefined, onError: (error: unknown) => void): Journal {
  const attempt = <T>(fn: () => T): T | undefined => {
    try {
      return fn()
    } catch (error) {
      onError(error)
      return undefined
    }
  }
  const deaths = readDeaths(attempt(() => storage?.load()))
  const starting = new Set<string>()
  const save = () => attempt(() => storage?.save(JSON.stringify({ starting: [...starting], deaths: Object.fromEntries(deaths) })))
  if (deaths.size > 0) save()

  const queue = new Map<string, { done: Promise<void>; leave(): void }>()
  const leave = (id: string) => {
    queue.get(id)?.leave()
    queue.delete(id)
  }

  return {
    suspects: new Set([...deaths].filter(([, count]) => count >= enough).map(([id]) => id)),
    async turn(id) {
      if (!deaths.has(id)) return
      const before = [...queue.values()].map(({ done }) => done)
      const { promise, resolve } = Promise.withResolvers<void>()
      queue.set(id, { done: promise, leave: resolve })
      await Promise.all(before)
    },
    starting(id) {
      if (storage === undefined) return
      starting.add(id)
      save()
    },
    survived(id) {
      leave(id)
      if (!starting.delete(id)) return
      deaths.delete(id)
      save()
    },
    forgive(id) {
      if (deaths.delete(id)) save()
    },
  }
}

/** Everything that was starting when the last process ended gets one more death. What is damaged counts as none. */
function readDeaths(saved: string | undefined): Map<string, number> {
  const { starting, deaths: before } = recordOf(saved)
  const counted = Object.entries(isRecord(before) ? before : {}).filter((entry): entry is [string, number] =>
    Number.isInteger(entry[1]),
  )
  const deaths = new Map(counted)
  for (const id of Array.isArray(starting) ? (starting as unknown[]) : []) {
    if (typeof id === 'string') deaths.set(id, (deaths.get(id) ?? 0) + 1)
  }
  return deaths
}

function recordOf(saved = '{}'): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(saved)
    return isRecord(value) ? value : {}
  } catch {
    return {}
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
