import type { Port } from '../contract/port.ts'

/** A port whose commands are functions, which may take their time, and whose streams say what the test tells them. Time passes when it is told to. */
export function openTestPort(commands: Readonly<Record<string, () => unknown>>) {
  const listeners = new Map<string, (data: unknown) => void>()
  const timers: (() => void)[] = []
  const { signal } = new AbortController()
  const settled = () => new Promise<void>((resolve) => setTimeout(resolve))
  const port: Port = {
    state: 'open',
    commands: async () => [],
    run: async (command) => ({ data: await commands[command]!() }),
    async *stream(command) {
      const queue: unknown[] = []
      let wake = () => {}
      listeners.set(command, (data) => {
        queue.push(data)
        wake()
      })
      for (;;) {
        for (const data of queue.splice(0)) yield { data }
        await new Promise<void>((resolve) => (wake = resolve))
      }
    },
    watch: () => ({ [Symbol.dispose]() {} }),
  }
  return {
    port,
    signal,
    after(_ms: number, fn: () => void): Disposable {
      timers.push(fn)
      return { [Symbol.dispose]() {} }
    },
    tell: (command: string, data: unknown) => listeners.get(command)?.(data),
    settled,
    /** What was to happen later happens now. */
    async pass() {
      await settled()
      for (const fn of timers.splice(0)) fn()
      await settled()
    },
  }
}
