import type { Globals } from './globals.ts'
import { openNodeHost, type NodeHost } from './node-host.ts'
import type { Shower } from './show.ts'
import { untilInterrupted } from './interrupt.ts'

/** Starts the plugins, runs one command, shows each answer as it comes, and stops everything again. */
export async function runCommand(globals: Globals, shower: Shower, id: string, args: object): Promise<void> {
  using interrupt = untilInterrupted()
  await withHost(globals, async ({ kernel }) => {
    for await (const reply of kernel.commands.stream(id, args, { signal: interrupt.signal })) shower.reply(reply)
  })
}

export async function withHost(globals: Globals, use: (host: NodeHost) => Promise<void>): Promise<void> {
  const host = openNodeHost({ host: 'cli', profileDir: globals.profileDir, pluginsFile: globals.plugins, profile: globals.profile })
  try {
    await host.start()
    await use(host)
  } finally {
    await host.stop()
  }
}
