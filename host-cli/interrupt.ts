/** Ctrl-C and its kin as a signal: the first asks everybody to finish, a second one ends the process at once. */
export function untilInterrupted(): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController()
  const onSignal = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) process.exit(128 + (name === 'SIGTERM' ? 15 : 2))
    controller.abort()
  }
  // A signal handler alone does not keep the process alive, and plugins need not have anything open.
  const alive = setInterval(() => undefined, 2 ** 30)
  const names: NodeJS.Signals[] = ['SIGINT', 'SIGTERM']
  for (const name of names) process.on(name, onSignal)
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      clearInterval(alive)
      for (const name of names) process.off(name, onSignal)
    },
  }
}
