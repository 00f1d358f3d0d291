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
  starting(id: string): void
  /** It runs, failed or was stopped: whatever happens now, its start did not kill us. */
  survived(id: string): void
  /** The person wants it tried again. */
  forgive(id: string): void
}

export function openJournal(storage: BootJournal | undefined): Journal {
  const deaths = readDeaths(storage?.load())
  const starting = new Set<string>()
  const save = () => storage?.save(JSON.stringify({ starting: [...starting], deaths: Object.fromEntries(deaths) }))
  if (deaths.size > 0) save()

  return {
    suspects: new Set([...deaths].filter(([, count]) => count >= enough).map(([id]) => id)),
    starting(id) {
      if (storage === undefined) return
      starting.add(id)
      save()
    },
    survived(id) {
      if (!starting.delete(id)) return
      deaths.delete(id)
      save()
    },
    forgive(id) {
      if (deaths.delete(id)) save()
    },
  }
}

/** Everything that was starting when the last process ended gets one more death. A damaged journal counts as none. */
function readDeaths(saved: string | undefined): Map<string, number> {
  const deaths = new Map<string, number>()
  try {
    const { starting, deaths: before } = JSON.parse(saved ?? '{}') as { starting?: string[]; deaths?: Record<string, number> }
    for (const [id, count] of Object.entries(before ?? {})) deaths.set(id, count)
    for (const id of starting ?? []) deaths.set(id, (deaths.get(id) ?? 0) + 1)
  } catch {
    deaths.clear()
  }
  return deaths
}
