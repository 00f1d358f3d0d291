import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { seededRandom, type SeededRandom } from '@palabre/sdk/testkit'
import { createMischief, type FaultKind, type StreamFaults } from './mischief.ts'
import { reset } from './reset.ts'
import { createDarkness, sleepUntil, type Delay } from './waiting.ts'

export interface TcpFaultsOptions {
  readonly to: { readonly host?: string; readonly port: number }
  /** Where it listens; 127.0.0.1 without it. */
  readonly host?: string
  readonly seed: number
  readonly faults?: StreamFaults
  /** Each chunk takes so long; order is kept. */
  readonly delay?: Delay
}

/** A road to a TCP server with something wrong on it. */
export interface TcpFaultProxy extends AsyncDisposable {
  readonly port: number
  /** How often each fault struck so far. */
  readonly struck: Readonly<Record<FaultKind, number>>
  /** Connections that came, ever, and those that stand. */
  readonly made: number
  readonly standing: number
  /** Ends every connection that stands, at once and with nothing said. */
  cutAll(): void
  /** Nothing passes and nobody is told, until disposed; what was under way then goes on. */
  blackout(): Disposable
}

/** So much waits in one direction; beyond it the sender is held back. */
const mostOnTheWay = 1024 * 1024

export async function openTcpFaults(options: TcpFaultsOptions): Promise<TcpFaultProxy> {
  const { to, host = '127.0.0.1', seed, faults = {}, delay = [0, 0] } = options
  const struck: Record<FaultKind, number> = { corrupt: 0, lose: 0, duplicate: 0, reorder: 0, cut: 0 }
  const darkness = createDarkness()
  const standing = new Set<() => void>()
  let made = 0

  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ host: to.host ?? '127.0.0.1', port: to.port, allowHalfOpen: true })
    const cut = () => {
      reset(near)
      reset(far)
      standing.delete(cut)
    }
    standing.add(cut)
    for (const socket of [near, far]) socket.setNoDelay(true).on('error', cut)
    const ways = [carry(near, far, seededRandom(seed + 2 * made)), carry(far, near, seededRandom(seed + 2 * made + 1))]
    made++
    void Promise.all(ways).then(() => standing.delete(cut), cut)
  })

  /** One direction; resolves when its end was passed on, rejects where the connection must end. */
  async function carry(from: Socket, into: Socket, random: SeededRandom): Promise<void> {
    const mischief = createMischief(faults, seededRandom(random.below(2 ** 32)), (kind) => struck[kind]++)
    let line = Promise.resolve()
    let onTheWay = 0
    const pass = async (bytes: Uint8Array, due: number) => {
      await sleepUntil(due)
      await darkness.light()
      if (!into.destroyed && !into.write(bytes)) await ready(into)
      onTheWay -= bytes.length
    }
    for await (const chunk of from as AsyncIterable<Uint8Array>) {
      const { bytes, cut } = mischief.apply(chunk)
      const due = performance.now() + delay[0] + random.next() * (delay[1] - delay[0])
      onTheWay += bytes.length
      line = line.then(() => pass(bytes, due))
      if (onTheWay > mostOnTheWay || cut) await line
      if (cut) {
        await finish(into)
        throw new Error('cut')
      }
    }
    await line
    await finish(into)
  }

  server.listen(0, host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    struck,
    get made() {
      return made
    },
    get standing() {
      return standing.size
    },
    cutAll: () => standing.forEach((cut) => cut()),
    blackout: darkness.fall,
    async [Symbol.asyncDispose]() {
      darkness.end()
      standing.forEach((cut) => cut())
      server.close()
      await once(server, 'close')
    },
  }
}

function ready(into: Socket): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      into.off('drain', go).off('close', go)
      resolve()
    }
    into.on('drain', go).on('close', go)
  })
}

function finish(into: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (into.destroyed) resolve()
    else into.once('close', () => resolve()).end(() => resolve())
  })
}
