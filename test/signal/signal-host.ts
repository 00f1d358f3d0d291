import { definePlugin } from '@palabre/sdk'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { SignalServer } from '@palabre/sdk/contract/signal-server'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A server of rooms in a kernel of its own, on loopback. */
export interface TestSignalServer extends AsyncDisposable {
  readonly url: string
  counts(): { readonly sockets: number; readonly rooms: number }
  /** Everything it logged, at every level. */
  log(): string
  stop(): Promise<void>
}

export async function startSignalServer(): Promise<TestSignalServer> {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-signal-'))
  const place = definePlugin({
    provides: { folder: ProfileFolder },
    start: () => ({ folder: { file: (name: string) => join(folder, name) } }),
  })
  const host = await startTestHost({
    plugins: [
      ...['clock-system', 'signal-server'].map((id) => join(import.meta.dirname, '../../plugins', id)),
      testPlugin('profile-folder-here', place),
    ],
    config: { 'signal-server': { host: '127.0.0.1' } },
    lend: { server: SignalServer },
    besideOthers: true,
  })
  // What the kernel runs now and then goes by its own clock.
  const seconds = setInterval(() => void host.clock.advance(1_000), 1_000)
  const stop = async () => {
    clearInterval(seconds)
    await host.stop()
  }
  return {
    url: host.lent.server.addresses(['127.0.0.1'])[0]!,
    counts: () => host.lent.server.counts(),
    log: () => JSON.stringify(host.log),
    stop,
    async [Symbol.asyncDispose]() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
