import { text } from '@palabre/sdk'
import { reply, type Reply } from '@palabre/sdk/contract/command'
import { stateWords } from '@palabre/sdk/contract/plugins'
import type { NodeHost } from './node-host.ts'

/** A command in the kernel of this process, whoever gave it. */
export function runHere(host: NodeHost, command: string, args: object, signal: AbortSignal): AsyncIterable<Reply> {
  return wayBack(host, command, args) ?? host.kernel.commands.stream(command, args, { signal })
}

/** Whoever switched off, or lost, the plugin that switches plugins on must be able to switch it on. */
function wayBack({ kernel }: NodeHost, id: string, { plugin }: { plugin?: string }): AsyncIterable<Reply> | undefined {
  if (id !== 'plugins.enable' || plugin === undefined) return undefined
  if (kernel.commands.list().some((command) => command.id === id && command.available)) return undefined
  return (async function* enable() {
    const now = await kernel.plugins.enable(plugin)
    const { en, fr } = stateWords[now.state]
    yield reply(now, text(`${plugin}: ${en}`, `${plugin} : ${fr}`))
  })()
}
