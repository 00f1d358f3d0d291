import type { Port } from '@palabre/sdk/contract/port'

const patienceMs = 15_000
const stepMs = 100

/** Becomes who the words say. Resolves when everything that uses the identity has started anew. */
export async function restore(port: Port, phrase: string, sleep: (ms: number) => Promise<void>): Promise<void> {
  const { userId } = (await port.run('id.restore', { phrase: phrase.trim() })).data as { userId: string }
  const isBack = async () => {
    const now = (await port.run('id.show')).data as { userId: string }
    await port.run('id.name')
    return now.userId === userId
  }
  for (let waited = 0; ; waited += stepMs) {
    try {
      if (await isBack()) return
    } catch (error) {
      if (waited >= patienceMs) throw error
    }
    await sleep(stepMs)
  }
}
