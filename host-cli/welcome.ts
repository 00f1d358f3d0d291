import { sdkVersion, text } from '@palabre/sdk'
import { withoutHold } from './demand.ts'
import type { Globals } from './globals.ts'
import { printable, type Shower } from './show.ts'
import { withHost } from './with-host.ts'

/** `palabre` alone: on a terminal a conversation; else what this is, what runs, and what to type next. */
export async function welcome(globals: Globals, shower: Shower): Promise<void> {
  const isAttended = process.stdin.isTTY && process.stdout.isTTY
  if (globals.json || (!isAttended && !globals.plain)) return overview(globals)
  const { converse } = await import('./terminal/conversation.ts')
  await converse(globals, shower, globals)
}

async function overview(globals: Globals): Promise<void> {
  await withHost(globals, async ({ host }) => {
    const { kernel, settingsFile } = host
    await host.start(withoutHold(kernel))
    const all = kernel.plugins.list().filter(({ hosts }) => hosts.includes('cli'))
    if (globals.json) {
      process.stdout.write(`${printable(JSON.stringify({ version: sdkVersion, settingsFile, plugins: all }))}\n`)
      return
    }
    const wide = Math.max(...all.map(({ id }) => id.length))
    const rows = all.map(({ id, state, title, reason }) => {
      const say = state === 'running' || state === 'disabled' ? title : (reason ?? title)
      return `  ${state === 'running' ? '●' : '○'} ${id.padEnd(wide)}  ${say[globals.language]}`
    })
    const { head, next } = {
      head: text(
        `Palabre ${sdkVersion}: private conversation without a centre`,
        `Palabre ${sdkVersion} : la conversation privée, sans centre`,
      ),
      next: text(
        'palabre, on a terminal                talk\npalabre demo                          see two people talk, and what a relay would see\npalabre plugins enable|disable NAME   switch a feature\npalabre --help                        everything else',
        'palabre, sur un terminal             parler\npalabre demo                         voir deux personnes se parler, et ce qu’un relais verrait\npalabre plugins enable|disable NOM   activer ou désactiver\npalabre --help                       tout le reste',
      ),
    }
    process.stdout.write(`${printable([head[globals.language], '', ...rows, '', next[globals.language]].join('\n'))}\n`)
  })
}
