import { PalabreError, text } from '@palabre/sdk'
import type { Commands, Reply } from '@palabre/sdk/contract/command'
import type { Port } from '@palabre/sdk/contract/port'

/**
 * The port of a face that lives beside its kernel. What crosses is copied, as it would be over a socket: a face that changes an
 * answer changes nothing but its copy, and one that works here works there.
 */
export function createLocalPort(commands: Commands, stopped: AbortSignal): Port {
  const open = () => {
    if (stopped.aborted) throw closed()
  }
  const together = (signal: AbortSignal | undefined) => (signal === undefined ? stopped : AbortSignal.any([signal, stopped]))

  async function* stream(command: string, args: object = {}, options: { signal?: AbortSignal } = {}): AsyncGenerator<Reply> {
    open()
    const replies = commands.stream(command, structuredClone(args), { signal: together(options.signal) })
    for await (const reply of replies) yield structuredClone(reply)
  }

  return {
    async commands() {
      open()
      return structuredClone(commands.list())
    },
    async run(command, args = {}, options = {}) {
      open()
      return structuredClone(await commands.run(command, structuredClone(args), { signal: together(options.signal) }))
    },
    stream,
    get state() {
      return stopped.aborted ? 'closed' : 'open'
    },
    watch(fn) {
      const tell = () => fn('closed')
      stopped.addEventListener('abort', tell, { once: true })
      return { [Symbol.dispose]: () => stopped.removeEventListener('abort', tell) }
    },
  }
}

function closed(): PalabreError {
  return new PalabreError('closed', text('the way to the kernel is closed', 'le chemin vers le noyau est fermé'), {
    todo: text('Switch port-local on again.', 'Réactivez port-local.'),
  })
}
