import type { Screen } from './screen.ts'

/** While a line is being typed, what plugins log and Node warns of must not run through it. */
export function errorsAbove(screen: Screen, stream: NodeJS.WriteStream = process.stderr): Disposable {
  const own = stream.write
  let rest = ''
  stream.write = (chunk: string | Uint8Array, ...others: unknown[]) => {
    const lines = (rest + (typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'))).split('\n')
    rest = lines.pop()!
    if (lines.length > 0) screen.print(lines.join('\n'))
    const done = others.at(-1)
    if (typeof done === 'function') queueMicrotask(() => (done as () => void)())
    return true
  }
  return {
    [Symbol.dispose]() {
      stream.write = own
      if (rest !== '') own.call(stream, rest)
    },
  }
}
