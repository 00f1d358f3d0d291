import { once } from 'node:events'
import { join } from 'node:path'
import type { Said, Order } from './mouth-process.ts'
import type { Space } from './space.ts'

/** UDP and TCP by hand, in a space: what a NAT does is seen with plain sockets before anything of ours relies on it. */
export interface Mouth extends AsyncDisposable {
  /** Sends from one of its UDP ports, which is bound first. */
  send(from: number, to: string, port: number, said: string): Promise<void>
  /** The next datagram to one of its ports that says this, and who seems to have sent it. */
  hears(said: string): Promise<Said>
  heard(said: string): boolean
  bind(port: number): Promise<void>
  /** Whether a TCP connection comes about; `listen` first on the other side. */
  reaches(to: string, port: number): Promise<boolean>
  listen(port: number): Promise<void>
}

export async function openMouth(space: Space): Promise<Mouth> {
  const child = space.node([join(import.meta.dirname, 'mouth-process.ts')], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const heard: Said[] = []
  const waiting = new Set<() => void>()
  const answers = new Map<number, (value: unknown) => void>()
  let count = 0
  child.on('message', (message: Said | { answer: number; value: unknown }) => {
    if ('answer' in message) return answers.get(message.answer)?.(message.value)
    heard.push(message)
    for (const look of waiting) look()
  })
  const order = (what: Order): Promise<unknown> =>
    new Promise((resolve) => {
      const id = ++count
      answers.set(id, resolve)
      child.send({ id, what })
    })
  const find = (said: string) => heard.find((one) => one.said === said)
  return {
    bind: async (port) => void (await order({ do: 'bind', port })),
    send: async (from, to, port, said) => void (await order({ do: 'send', from, to, port, said })),
    listen: async (port) => void (await order({ do: 'listen', port })),
    reaches: async (to, port) => (await order({ do: 'reach', to, port })) === true,
    heard: (said) => find(said) !== undefined,
    hears: (said) =>
      new Promise((resolve) => {
        const look = () => {
          const there = find(said)
          if (there === undefined) return
          waiting.delete(look)
          resolve(there)
        }
        waiting.add(look)
        look()
      }),
    async [Symbol.asyncDispose]() {
      const closed = once(child, 'close')
      child.kill('SIGKILL')
      await closed
    },
  }
}
