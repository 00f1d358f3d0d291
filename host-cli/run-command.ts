import { text } from '@palabre/sdk'
import { reply, type CommandSpec, type Reply } from '@palabre/sdk/contract/command'
import { stateWords } from '@palabre/sdk/contract/plugins'
import type { Globals } from './globals.ts'
import { endsWhenInterrupted } from './interrupt.ts'
import type { NodeHost } from './node-host.ts'
import type { Shower } from './show.ts'
import { withHost } from './with-host.ts'

/** Starts the plugins, runs one command, shows each answer as it comes, and stops everything again. */
export async function runCommand(globals: Globals, shower: Shower, spec: CommandSpec, args: object): Promise<void> {
  const done = withHost(globals, async (host, signal) => {
    const answers = wayBack(host, spec, args) ?? host.kernel.commands.stream(spec.id, args, { signal })
    for await (const answer of answers) shower.reply(answer)
  })
  await (spec.streams === true ? endsWhenInterrupted(done) : done)
}

/** Whoever switched off, or lost, the plugin that switches plugins on must be able to switch it on. */
function wayBack({ kernel }: NodeHost, { id }: CommandSpec, { plugin }: { plugin?: string }): AsyncIterable<Reply> | undefined {
  if (id !== 'plugins.enable' || plugin === undefined) return undefined
  if (kernel.commands.list().some((command) => command.id === id && command.available)) return undefined
  return (async function* enable() {
    const now = await kernel.plugins.enable(plugin)
    const { en, fr } = stateWords[now.state]
    yield reply(now, text(`${plugin}: ${en}`, `${plugin} : ${fr}`))
  })()
}
