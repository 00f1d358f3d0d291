import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** The ports from which what is carried comes: none that the system gives away by itself. */
export const carriedFrom = { lowest: 20_000, highest: 20_999 } as const

export const account = { username: 'ada', credential: 'a secret' }

/** A TURN server on the usual ports of this address, with one account: UDP and TCP 3478, TLS 5349. */
export async function openTurn(host: string): Promise<AsyncDisposable> {
  const program = [join(import.meta.dirname, 'turn-process.ts'), host, account.username, account.credential]
  const child = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return {
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}
