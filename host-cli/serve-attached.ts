import type { Reply } from '@palabre/sdk/contract/command'
import { demandOf } from './demand.ts'
import type { AttachedCall } from './hold-door.ts'
import type { NodeHost } from './node-host.ts'
import { runHere } from './run-here.ts'

/** Runs what another process asks for, and first starts what that needs; its questions go back to where it came from. */
export async function* serveAttached(host: NodeHost, { command, args, signal, asker }: AttachedCall): AsyncGenerator<Reply> {
  const { owners, looks, only } = demandOf(host.kernel, command, args)
  const one = await host.askingAt(asker, signal, async () => {
    // Whoever looks sees what is there, and nothing that looking made start.
    await host.start(looks ? owners : only)
    return runHere(host, command, args, signal)[Symbol.asyncIterator]()
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
