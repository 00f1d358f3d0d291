/**
 * Starting leaves more garbage than what is kept, and a host that then waits makes too little of it for V8 to look after it: 40 of
 * 180 MB would stay for days. Collected once when the start has settled, in some hundredths of a second, they go back to the machine.
 */
export function tidyOnceSettled(settled = 5_000): Disposable {
  const timer = setTimeout(() => void collect(), settled).unref()
  return { [Symbol.dispose]: () => clearTimeout(timer) }
}

/** As developer tools do it: Node itself has no call for it that needs no flag. */
async function collect(): Promise<void> {
  const { Session } = await import('node:inspector/promises')
  const session = new Session()
  session.connect()
  await session.post('HeapProfiler.collectGarbage')
  session.disconnect()
}
