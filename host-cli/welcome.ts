import { sdkVersion, text } from '@palabre/sdk'
import { withoutHold } from './demand.ts'
import type { Globals } from './globals.ts'
import { withHost } from './with-host.ts'
import { printable } from './show.ts'

/** `palabre` alone: what this is, what runs, and what to type next. */
export async function welcome(globals: Globals): Promise<void> {
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
        'palabre plugins enable|disable NAME   switch a feature\npalabre run                           stay up\npalabre --help                        everything else',
        'palabre plugins enable|disable NOM   activer ou désactiver\npalabre run                          rester en marche\npalabre --help                       tout le reste',
      ),
    }
    process.stdout.write(`${printable([head[globals.language], '', ...rows, '', next[globals.language]].join('\n'))}\n`)
  })
}
