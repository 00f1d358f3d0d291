import { once } from 'node:events'
import { text } from '@palabre/sdk'
import { stateWords } from '@palabre/sdk/contract/plugins'
import { reply } from '@palabre/sdk/contract/command'
import type { Globals } from './globals.ts'
import { untilInterrupted } from './interrupt.ts'
import { withHost } from './run-command.ts'
import type { Shower } from './show.ts'

/** Runs until interrupted, telling each change; takes edits of plugins.json as they are saved. */
export async function stayUp(globals: Globals, shower: Shower): Promise<void> {
  using interrupt = untilInterrupted()
  await withHost(globals, async ({ kernel, settingsFile, follow }) => {
    using _following = follow((error) => shower.error(error))
    using _watching = kernel.plugins.watch((change) => {
      const { id, state, reason } = change
      const word = stateWords[state]
      const why = { en: reason === undefined ? '' : `, ${reason.en}`, fr: reason === undefined ? '' : `, ${reason.fr}` }
      shower.reply(reply(change, text(`${id}: ${word.en}${why.en}`, `${id} : ${word.fr}${why.fr}`)))
    })
    const running = kernel.plugins
      .list()
      .filter(({ state }) => state === 'running')
      .map(({ id }) => id)
    shower.reply(
      reply(
        { running, settingsFile },
        text(
          `Running: ${running.join(', ')}\nEdit ${settingsFile} to switch plugins; Ctrl-C ends.`,
          `En marche : ${running.join(', ')}\nModifiez ${settingsFile} pour activer ou désactiver ; Ctrl-C termine.`,
        ),
      ),
    )
    if (!interrupt.signal.aborted) await once(interrupt.signal, 'abort')
  })
}
