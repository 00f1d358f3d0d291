import { PalabreError, text, type Language } from '@palabre/sdk'
import type { Asker } from '@palabre/sdk/contract/asker'
import { createInterface } from 'node:readline'
import { Writable, type Readable } from 'node:stream'

export interface AskerOptions {
  readonly language: Language
  readonly input: Readable & { readonly isTTY?: boolean }
  readonly output: Writable & { readonly isTTY?: boolean }
  readonly env: NodeJS.ProcessEnv
  /** Ctrl-C while something is typed: the terminal gives us the key in place of the signal. */
  interrupt(): void
}

export interface TerminalAsker extends Asker {
  /** A question stands on the terminal now: whatever else is written there would stand in its answer. */
  readonly isAsking: boolean
}

/**
 * Asks on the terminal without showing what is typed. Without a person, the passphrase that opens the vault is taken from
 * PALABRE_PASSPHRASE, and what is new (a passphrase, a recovery phrase) from what is piped in.
 */
export function createTerminalAsker(options: AskerOptions): TerminalAsker {
  const { language, input, output, env } = options
  const isAttended = input.isTTY === true && output.isTTY === true
  let last: Promise<unknown> = Promise.resolve()
  let asked = 0

  return {
    isAttended,
    get isAsking() {
      return asked > 0
    },
    async secret(question, about, { signal } = {}) {
      const given = env['PALABRE_PASSPHRASE']
      if (about === 'passphrase' && given !== undefined && given !== '') return given
      if (!isAttended) return about === 'passphrase' || input.isTTY === true ? undefined : readPiped(input, signal)
      // Two who ask at once are heard one after the other.
      asked++
      const turn = last.then(() => typed(options, question[language], signal)).finally(() => asked--)
      last = turn.catch(() => undefined)
      return turn
    },
  }
}

async function typed({ input, output, interrupt }: AskerOptions, question: string, signal: AbortSignal | undefined) {
  signal?.throwIfAborted()
  output.write(`${question} `)
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input, output: unseen, terminal: true, historySize: 0 })
  try {
    return await new Promise<string | undefined>((resolve, reject) => {
      lines.once('line', resolve)
      lines.once('close', () => resolve(undefined))
      lines.once('SIGINT', () => {
        resolve(undefined)
        interrupt()
      })
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
    })
  } finally {
    lines.close()
    output.write('\n')
  }
}

const mostBytes = 64 * 1024

/** All of it, without the line break at its end. */
async function readPiped(input: Readable, signal: AbortSignal | undefined): Promise<string | undefined> {
  const parts: Buffer[] = []
  let length = 0
  const stop = () => void input.destroy(signal?.reason as Error)
  signal?.throwIfAborted()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    for await (const part of input) {
      parts.push(Buffer.from(part as Uint8Array))
      if ((length += parts.at(-1)!.length) > mostBytes) throw tooLong()
    }
  } finally {
    signal?.removeEventListener('abort', stop)
  }
  const whole = Buffer.concat(parts)
    .toString('utf8')
    .replace(/\r?\n$/, '')
  return whole === '' ? undefined : whole
}

function tooLong(): PalabreError {
  return new PalabreError('too-large', text('what is piped in is too long', 'ce qui arrive par le tube est trop long'))
}
