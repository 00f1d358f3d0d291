import type { Kernel } from '@palabre/kernel'
import type { Asker } from '@palabre/sdk/contract/asker'
import type { Reply } from '@palabre/sdk/contract/command'
import { demandOf } from './demand.ts'
import type { AttachedCall } from './hold-door.ts'
import { runHere } from './run-here.ts'

/** What must be known of a host in which others run commands. */
interface Attachable {
  readonly kernel: Kernel
  start(only: readonly string[]): Promise<void>
  askingAt<T>(asker: Asker, signal: AbortSignal, fn: () => T): T
}

/** Runs what another process asks for, and first starts what that needs; its questions go back to where it came from. */
export async function* serveAttached(host: Attachable, { command, args, signal, asker }: AttachedCall): AsyncGenerator<Reply> {
  const { owners, looks, only } = demandOf(host.kernel, command, args)
  const one = await host.askingAt(asker, signal, async () => {
    // Whoever looks sees what is there, and nothing that looking made start.
    await host.start(looks ? owners : only)
    return runHere(host.kernel, command, args, signal)[Symbol.asyncIterator]()
  })
  try {
    while (true) {
      const next = await host.askingAt(asker, signal, () => one.next())
      if (next.done === true) return
      yield next.value
    }
  } finally {
    await one.return?.()
  }
}
