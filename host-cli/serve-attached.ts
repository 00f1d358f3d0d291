import type { Reply } from '@palabre/sdk/contract/command'
import { demandOf } from './demand.ts'
import type { AttachedCall } from './hold-door.ts'
import type { NodeHost } from './node-host.ts'

/** Runs what another process asks for, and first starts what that needs; its questions go back to where it came from. */
export async function* serveAttached(host: NodeHost, { command, args, signal, asker }: AttachedCall): AsyncGenerator<Reply> {
  const { kernel } = host
  const { looks, only } = demandOf(kernel, command, args)
  const replies = host.askingAt(asker, signal, async () => {
    if (!looks) await host.start(only)
    return kernel.commands.stream(command, args, { signal })[Symbol.asyncIterator]()
  })
  const one = await replies
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
