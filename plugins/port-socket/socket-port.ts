import { PalabreError, text, type Scope } from '@palabre/sdk'
import type { CommandInfo, Reply } from '@palabre/sdk/contract/command'
import type { Port } from '@palabre/sdk/contract/port'
import { portWire, readFaceMessage, type FaceMessage } from '@palabre/sdk/contract/port-wire'
import { createInbox } from './inbox.ts'
import { openKernelLink } from './kernel-link.ts'
import type { PageKeys } from './page-keys.ts'
import { createRequests } from './requests.ts'

export interface SocketPortParts {
  readonly url: string
  readonly keys: PageKeys
  readonly after: Scope['after']
}

export interface SocketPort extends Port, Disposable {
  /** A new key has come: tries it now, unless the port is open anyway. */
  knock(): void
}

/**
 * `Port` to a kernel in another process. What is asked while connecting waits; what is under way when the socket is lost fails with
 * `closed`, streams too: only their reader knows what may have been missed, so only the reader starts them again.
 */
export function openSocketPort({ url, keys, after }: SocketPortParts): SocketPort {
  const requests = createRequests()
  const link = openKernelLink({ url, keys, after, heard: requests.take, lost: requests.failAll })

  const tell = (message: FaceMessage) => link.send(frameOf(message))

  const ask = async (write: (id: number) => FaceMessage, signal?: AbortSignal): Promise<Reply> => {
    await link.ready(signal)
    const answer = Promise.withResolvers<Reply>()
    const id = requests.open({ reply: answer.resolve, end: () => answer.resolve({ data: undefined }), fail: answer.reject })
    using _cancel = whenAborted(signal, () => tell({ kind: 'cancel', id }))
    try {
      tell(write(id))
      return await answer.promise
    } finally {
      requests.close(id)
    }
  }

  async function* stream(command: string, args: object = {}, { signal }: { signal?: AbortSignal } = {}): AsyncGenerator<Reply> {
    await link.ready(signal)
    const inbox = createInbox()
    const id = requests.open(inbox)
    using _cancel = whenAborted(signal, () => tell({ kind: 'cancel', id }))
    let read = 0
    try {
      tell({ kind: 'stream', id, command, args })
      for (let reply = await inbox.next(); reply !== undefined; reply = await inbox.next()) {
        yield reply
        if (++read % accountEvery === 0) tell({ kind: 'more', id, count: accountEvery })
      }
    } finally {
      if (requests.close(id)) tell({ kind: 'cancel', id })
    }
  }

  return {
    commands: async () => (await ask((id) => ({ kind: 'commands', id }))).data as readonly CommandInfo[],
    run: (command, args = {}, { signal } = {}) => ask((id) => ({ kind: 'run', id, command, args }), signal),
    stream,
    get state() {
      return link.state
    },
    watch: link.watch,
    knock: link.knock,
    [Symbol.dispose]: () => link[Symbol.dispose](),
  }
}

const accountEvery = portWire.window / 2

function whenAborted(signal: AbortSignal | undefined, fn: () => void): Disposable {
  signal?.addEventListener('abort', fn, { once: true })
  return { [Symbol.dispose]: () => signal?.removeEventListener('abort', fn) }
}

/** What the kernel would close the socket for is refused here, to the one who asked. */
function frameOf(message: FaceMessage): string {
  const frame = encode(message)
  if (frame === undefined || readFaceMessage(frame) === undefined) throw unsendable()
  if (bytesIn(frame) > portWire.largestMessage) throw tooLarge()
  return frame
}

function encode(message: FaceMessage): string | undefined {
  try {
    return JSON.stringify(message)
  } catch {
    return undefined
  }
}

/** A UTF-16 unit is at most three bytes: short frames need no counting. */
function bytesIn(frame: string): number {
  return frame.length * 3 <= portWire.largestMessage ? frame.length : new TextEncoder().encode(frame).length
}

function unsendable(): PalabreError {
  return new PalabreError('bad-argument', text('the arguments cannot be sent', 'les arguments ne peuvent pas être envoyés'))
}

function tooLarge(): PalabreError {
  const most = portWire.largestMessage / 1024
  return new PalabreError('too-large', text(`the arguments are larger than ${most} KiB`, `les arguments dépassent ${most} Kio`))
}
