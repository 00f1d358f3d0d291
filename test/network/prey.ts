import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

interface Weight {
  readonly rss: number
  readonly heapUsed: number
  readonly arrayBuffers: number
}

interface Said {
  readonly addresses?: string[]
  readonly weight?: Weight
}

/** The process of victim.ts, seen from outside. */
export interface Prey extends AsyncDisposable {
  readonly address: string
  readonly port: number
  /** After a collection of garbage. */
  weigh(): Promise<Weight>
  readonly alive: boolean
}

export async function openPrey(config: Record<string, object> = {}): Promise<Prey> {
  const child = fork(join(import.meta.dirname, 'victim.ts'), [JSON.stringify(config)], { execArgv: ['--expose-gc'] })
  const said: Said[] = []
  const looking = new Set<() => void>()
  child.on('message', (one) => {
    said.push(one as Said)
    for (const look of looking) look()
  })
  const hears = <T>(pick: () => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = pick()
        if (found === undefined) return
        looking.delete(look)
        resolve(found)
      }
      looking.add(look)
      child.once('exit', () => reject(new Error('the victim died')))
      look()
    })
  const [address] = (await hears(() => said.find((one) => one.addresses !== undefined)?.addresses)) as [string]
  return {
    address,
    port: Number(/\/tcp\/(\d+)/.exec(address)![1]),
    async weigh() {
      const before = said.filter(({ weight }) => weight !== undefined).length
      child.send('weigh')
      return hears(() => said.filter(({ weight }) => weight !== undefined)[before]?.weight)
    },
    get alive() {
      return child.exitCode === null && child.signalCode === null
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null) {
        child.send('stop')
        await once(child, 'exit')
      }
    },
  }
}
