import { PalabreError, text } from '@palabre/sdk'
import type { Commands } from '@palabre/sdk/contract/command'
import {
  errorToWire,
  portClose,
  readFaceMessage,
  replyToWire,
  type FaceMessage,
  type KernelMessage,
} from '@palabre/sdk/contract/port-wire'
import type { RawData, WebSocket } from 'ws'
import { createAllowance, type Allowance } from './allowance.ts'
import { limits } from './limits.ts'
import { createOutbox } from './outbox.ts'

type Asked = Extract<FaceMessage, { kind: 'commands' | 'run' | 'stream' }>
type Streamed = Extract<FaceMessage, { kind: 'stream' }>

interface Request {
  readonly controller: AbortController
  readonly allowance: Allowance
}

/** Serves one page that has shown its key: runs what it asks for until it leaves. */
export function serveFace(peer: WebSocket, commands: Commands): void {
  const outbox = createOutbox(peer)
  const requests = new Map<number, Request>()

  peer.on('message', (data, isBinary) => {
    if (peer.readyState !== peer.OPEN) return
    const message = isBinary ? undefined : readFaceMessage(frameText(data))
    if (message === undefined || !take(message)) peer.close(portClose.malformed, 'not a message of this protocol')
    if (outbox.isFull) void readNoMoreUntilRead()
  })
  peer.on('close', () => {
    for (const request of requests.values()) cancel(request)
  })

  /** False for what makes no sense here. */
  function take(message: FaceMessage): boolean {
    if (message.kind === 'hello') return false
    const request = requests.get(message.id)
    if (message.kind === 'cancel') cancel(request)
    else if (message.kind === 'more') request?.allowance.grant(message.count)
    else if (request !== undefined) return false
    else void answer(message)
    return true
  }

  async function answer(asked: Asked): Promise<void> {
    if (requests.size >= limits.requests) return tell({ kind: 'error', id: asked.id, error: errorToWire(tooMany(), nameOf(asked)) })
    const request = { controller: new AbortController(), allowance: createAllowance() }
    requests.set(asked.id, request)
    try {
      await (asked.kind === 'stream' ? pour(asked, request) : fetch(asked, request))
    } catch (error) {
      tell({ kind: 'error', id: asked.id, error: errorToWire(error, nameOf(asked)) })
    }
    requests.delete(asked.id)
  }

  async function fetch(asked: Exclude<Asked, Streamed>, { controller: { signal } }: Request): Promise<void> {
    const reply = asked.kind === 'commands' ? { data: commands.list() } : await commands.run(asked.command, asked.args, { signal })
    tell({ kind: 'reply', id: asked.id, reply: replyToWire(reply) })
  }

  async function pour({ id, command, args }: Streamed, { controller, allowance }: Request): Promise<void> {
    const { signal } = controller
    for await (const reply of commands.stream(command, args, { signal })) {
      tell({ kind: 'reply', id, reply: replyToWire(reply) })
      await outbox.room()
      await allowance.use()
      if (signal.aborted) break
    }
    tell({ kind: 'end', id })
  }

  function tell(message: KernelMessage): void {
    outbox.send(JSON.stringify(message))
  }

  async function readNoMoreUntilRead(): Promise<void> {
    peer.pause()
    await outbox.room()
    peer.resume()
  }
}

export function frameText(data: RawData): string {
  return (data as Buffer).toString()
}

function cancel(request: Request | undefined): void {
  request?.controller.abort(noLongerWanted())
  request?.allowance.close()
}

function nameOf(asked: Asked): string {
  return asked.kind === 'commands' ? 'commands' : asked.command
}

function noLongerWanted(): PalabreError {
  return new PalabreError('cancelled', text('the caller no longer wants the answer', 'l’appelant ne veut plus de la réponse'))
}

function tooMany(): PalabreError {
  return new PalabreError(
    'too-large',
    text(
      `more than ${limits.requests} requests of one window at once`,
      `plus de ${limits.requests} demandes à la fois d’une même fenêtre`,
    ),
    { todo: text('Wait for some to end, then try again.', 'Attendez que certaines se terminent, puis réessayez.') },
  )
}
