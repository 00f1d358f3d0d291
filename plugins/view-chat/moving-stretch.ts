import type { StoredMessage } from '@palabre/sdk/contract/store'
import { emptyStretch, joinNewer, joinOlder, pageSize, stretchOf, take, without, type Stretch } from './stretch.ts'

/** The stretch that is shown: it moves along the conversation by pages, while messages come, change and go. */
export interface MovingStretch {
  readonly now: Stretch
  older(): Promise<void>
  newer(): Promise<void>
  /** To the messages around this place. */
  around(place: number): Promise<void>
  /** To the last ones, of which this is told before they are shown. */
  toEnd(beforeShown: (last: readonly StoredMessage[]) => Promise<void>): Promise<void>
  /** A message came or changed. */
  take(message: StoredMessage): void
  erase(id: string): void
}

interface Sources {
  page(where: { before?: number; after?: number; limit?: number }): Promise<readonly StoredMessage[]>
  moved(stretch: Stretch): void
}

type Change = (stretch: Stretch) => Stretch

export function createMovingStretch({ page, moved }: Sources): MovingStretch {
  let now = emptyStretch
  /** What was heard while each page was fetched: it may tell of messages as they were before. */
  const fetching = new Set<Change[]>()
  const set = (stretch: Stretch) => {
    now = stretch
    moved(now)
  }
  const change = (how: Change) => {
    for (const heard of fetching) heard.push(how)
    set(how(now))
  }
  const fetched = async (fetch: () => Promise<Stretch>): Promise<Stretch> => {
    const heard: Change[] = []
    fetching.add(heard)
    try {
      const found = await fetch()
      return heard.reduce((stretch, how) => how(stretch), found)
    } finally {
      fetching.delete(heard)
    }
  }
  const before = async (place: number, limit = pageSize) => {
    const messages = await page({ before: place, limit })
    return stretchOf(messages, messages.length < limit, false)
  }
  const after = async (place: number, limit = pageSize) => {
    const messages = await page({ after: place, limit })
    return stretchOf(messages, false, messages.length < limit)
  }

  return {
    get now() {
      return now
    },
    async older() {
      const first = now.messages[0]
      if (now.hasStart || first === undefined) return
      const found = await fetched(() => before(first.place))
      // Whoever was led elsewhere meanwhile stays there.
      if (now.messages[0]?.id === first.id) set(joinOlder(now, found))
    },
    async newer() {
      const last = now.messages.at(-1)
      if (now.hasEnd || last === undefined) return
      const found = await fetched(() => after(last.place))
      if (now.messages.at(-1)?.id === last.id) set(joinNewer(now, found))
    },
    async around(place) {
      const half = pageSize / 2
      const both = async () => {
        const [one, other] = await Promise.all([before(place + 1, half), after(place, half)])
        return stretchOf([...one.messages, ...other.messages], one.hasStart, other.hasEnd)
      }
      set(await fetched(both))
    },
    async toEnd(beforeShown) {
      const last = async () => {
        const messages = await page({ limit: pageSize })
        await beforeShown(messages)
        return stretchOf(messages, messages.length < pageSize, true)
      }
      set(await fetched(last))
    },
    take: (message) => change((stretch) => take(stretch, message)),
    erase: (id) => change((stretch) => without(stretch, id)),
  }
}
