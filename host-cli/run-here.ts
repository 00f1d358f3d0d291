import type { Kernel } from '@palabre/kernel'
import { text } from '@palabre/sdk'
import { reply, type Reply } from '@palabre/sdk/contract/command'
import { stateWords } from '@palabre/sdk/contract/plugins'

/** A command in the kernel of this process, whoever gave it. */
export function runHere(kernel: Kernel, command: string, args: object, signal: AbortSignal): AsyncIterable<Reply> {
  return wayBack(kernel, command, args) ?? kernel.commands.stream(command, args, { signal })
}

/** Whoever switched off, or lost, the plugin that switches plugins on must be able to switch it on. */
function wayBack(kernel: Kernel, id: string, { plugin }: { plugin?: string }): AsyncIterable<Reply> | undefined {
  if (id !== 'plugins.enable' || plugin === undefined) return undefined
  if (kernel.commands.list().some((command) => command.id === id && command.available)) return undefined
  return (async function* enable() {
    const now = await kernel.plugins.enable(plugin)
    const { en, fr } = stateWords[now.state]
    yield reply(now, text(`${plugin}: ${en}`, `${plugin} : ${fr}`))
  })()
}
