import { setTimeout as sleep } from 'node:timers/promises'

/** Looks until it is so; fails when it is not in a time that only a fault takes. */
export async function until(isSo: () => boolean | Promise<boolean>, patience = 60_000): Promise<void> {
  const start = performance.now()
  while (!(await isSo())) {
    if (performance.now() - start > patience) throw new Error(`not so in ${patience} ms: ${isSo.toString()}`)
    await sleep(20)
  }
}
