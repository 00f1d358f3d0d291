import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { createLineQueue, type Screen } from './screen.ts'

/** For screen readers, dumb terminals and pipes: line after line, nothing is ever drawn over. */
export function openPlainScreen(input: Readable, output: Writable): Screen {
  const queue = createLineQueue()
  const lines = createInterface({ input, terminal: false })
  lines.on('line', queue.put).once('close', queue.end)
  return {
    isPlain: true,
    print: (said) => void output.write(`${said}\n`),
    status: () => undefined,
    next: queue.next,
    [Symbol.dispose]: () => lines.close(),
  }
}
