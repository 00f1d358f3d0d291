import type { Store } from '@palabre/sdk/contract/store'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openKept } from '../../store/kept-profile.ts'
import type { Job } from '../job.ts'
import { benchMessage } from './bench-messages.ts'

/** A profile of many years: a million messages, a tenth of them in one conversation. */
export const large: Job = { name: 'large', run: measure }

const million = 1_000_000
const rounds = 5

async function* measure() {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-bench-'))
  try {
    const begun = performance.now()
    await fill(folder)
    const filled = Math.round((performance.now() - begun) / 1000)

    const [opened, paged, listed]: number[][] = [[], [], []]
    let size = 0
    for (let round = 0; round < rounds; round++) {
      const { store, close } = await openKept(folder)
      opened!.push(await took(() => store.messages('alice', { limit: 50 })))
      paged!.push(await took(() => store.messages('alice', { limit: 50, before: 50_000 })))
      listed!.push(await took(() => store.conversations()))
      size = (await store.size())!
      await close()
    }
    const unit = 'ms' as const
    const notes = [`filled in ${filled} s, ${Math.round(size / 1e6)} MB on disk`, 'the store was opened anew for each round']
    yield { what: 'the last page of 100,000 messages, cold', unit, ours: opened!, aim: { of: 'ours', atMost: 200 } as const, notes }
    yield { what: 'a page in the middle', unit, ours: paged! }
    yield { what: 'all conversations with what is unread', unit, ours: listed! }

    const { store, close } = await openKept(folder)
    for (const [what, act] of Object.entries(searches(store))) {
      const ours: number[] = []
      for (let round = 0; round < rounds; round++) ours.push(await took(act))
      yield { what, unit, ours, aim: { of: 'ours', atMost: 150 } as const }
    }
    await close()
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function searches(store: Store): Record<string, () => Promise<unknown>> {
  const find = (words: string, conversation?: string) =>
    store.search(words, { limit: 50, ...(conversation === undefined ? {} : { conversation }) })
  return {
    'search in 1,000,000: a rare word': () => find('zephyr500000'),
    'search: a word in most messages': () => find('the'),
    'search: three common words': () => find('quick brown fox'),
    'search: one letter': () => find('s'),
    'search: two letters that begin many words': () => find('qu'),
    'search: the beginning of a rare word': () => find('zephyr5'),
    'search: a common word in one conversation': () => find('coffee', 'with 7'),
  }
}

async function fill(folder: string): Promise<void> {
  const { store, close } = await openKept(folder)
  for (let n = 0; n < million; n += 5000)
    await store.commit(
      Array.from({ length: 5000 }, (_, i) => {
        const conversation = (n + i) % 10 === 0 ? 'alice' : `with ${(n + i) % 97}`
        return { do: 'add', message: benchMessage(n + i, conversation) } as const
      }),
    )
  await close()
}

async function took(act: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await act()
  return performance.now() - begun
}
