import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { PalabreError, text, type Text } from '@palabre/sdk'
import type { Asker, Secret } from '@palabre/sdk/contract/asker'
import type { Reply } from '@palabre/sdk/contract/command'
import { wireToError, type WireError } from '@palabre/sdk/contract/port-wire'
import { holdVersion, type HoldNote } from './hold-file.ts'
import { linesOf, sendLine } from './socket-lines.ts'

/** Whoever held the profile was gone, or about to go, before it had begun anything for us. */
export class HolderLeft extends Error {}

export interface Call {
  readonly command: string
  readonly args: object
  readonly lasts: boolean
}

export interface Caller {
  readonly asker: Asker
  readonly signal?: AbortSignal
}

type Heard =
  | { readonly kind: 'accepted' | 'leaving' | 'end' }
  | { readonly kind: 'reply'; readonly reply: Reply }
  | { readonly kind: 'error'; readonly error: WireError }
  | Question

interface Question {
  readonly kind: 'ask'
  readonly id: number
  readonly question: Text
  readonly about: Secret
}

const longestLine = 64 * 1024 * 1024

/** Runs a command in the kernel that holds the profile. Throws `closed` when that ends meanwhile. */
export async function* runAttached(note: HoldNote, call: Call, { asker, signal }: Caller): AsyncGenerator<Reply> {
  if (note.version !== holdVersion) throw otherVersion(note)
  if (note.door === null) throw new HolderLeft()
  const socket = await reach(note.door.address)
  const leave = () => socket.destroy()
  const over = new AbortController()
  signal?.addEventListener('abort', leave)
  try {
    signal?.throwIfAborted()
    await sendLine(socket, { kind: 'run', secret: note.door.secret, attended: asker.isAttended, ...call })
    let accepted = false
    for await (const line of linesOf(socket, longestLine)) {
      const heard = JSON.parse(line) as Heard
      if (heard.kind === 'leaving') throw new HolderLeft()
      else if (heard.kind === 'accepted') accepted = true
      else if (heard.kind === 'reply') yield heard.reply
      else if (heard.kind === 'error') throw wireToError(heard.error)
      else if (heard.kind === 'end') return
      else if (heard.kind === 'ask') void respond(socket, asker, heard, over.signal)
    }
    signal?.throwIfAborted()
    throw accepted ? holderEnded(note) : new HolderLeft()
  } finally {
    over.abort()
    signal?.removeEventListener('abort', leave)
    socket.destroy()
  }
}

async function reach(address: string): Promise<Socket> {
  const socket = connect(address)
  try {
    await once(socket, 'connect')
  } catch {
    throw new HolderLeft()
  }
  return socket.on('error', () => socket.destroy())
}

async function respond(socket: Socket, asker: Asker, { id, question, about }: Question, signal: AbortSignal) {
  const answer = await asker.secret(question, about, { signal }).catch(() => undefined)
  await sendLine(socket, { kind: 'answer', id, ...(answer === undefined ? {} : { answer }) })
}

function holderEnded({ pid }: HoldNote): PalabreError {
  return new PalabreError(
    'closed',
    text(
      `the Palabre in which this ran (process ${pid}) has ended before it was done`,
      `le Palabre où ceci s’exécutait (processus ${pid}) s’est terminé avant la fin`,
    ),
    { todo: text('Try again: it will run on its own.', 'Réessayez : la commande s’exécutera seule.') },
  )
}

function otherVersion({ pid }: HoldNote): PalabreError {
  return new PalabreError(
    'wrong-version',
    text(
      `the Palabre that uses this profile (process ${pid}) is of another version`,
      `le Palabre qui utilise ce profil (processus ${pid}) est d’une autre version`,
    ),
    { todo: text('End it, then try again.', 'Arrêtez-le, puis réessayez.') },
  )
}
