import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Weight } from './victim-process.ts'

interface Said {
  readonly addresses?: string[]
  readonly weight?: Weight
  readonly links?: string[]
}

/** The process of victim-process.ts, seen from outside. */
export interface Prey extends AsyncDisposable {
  readonly address: string
  readonly port: number
  /** After a collection of garbage. */
  weigh(): Promise<Weight>
  /** The ids of those it is linked to. */
  links(): Promise<string[]>
  readonly alive: boolean
}

export async function openPrey(config: Record<string, object> = {}, ...plugins: string[]): Promise<Prey> {
  const child = fork(join(import.meta.dirname, 'victim-process.ts'), [JSON.stringify(config), ...plugins], {
    execArgv: ['--expose-gc'],
  })
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
      child.once('exit', () => reject(new Error('the process ended')))
      look()
    })
  const asks = <T>(wish: string, pick: (one: Said) => T | undefined): Promise<T> => {
    const before = said.length
    child.send(wish)
    return hears(() =>
      said
        .slice(before)
        .map(pick)
        .find((one) => one !== undefined),
    )
  }
  const [address] = (await hears(() => said.find((one) => one.addresses !== undefined)?.addresses)) as [string]
  return {
    address,
    port: Number(/\/tcp\/(\d+)/.exec(address)![1]),
    weigh: () => asks('weigh', ({ weight }) => weight),
    links: () => asks('links', ({ links }) => links),
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
