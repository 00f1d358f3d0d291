import { textOf, type Text } from '@palabre/sdk'
import type { KnownPeer } from '@palabre/sdk/contract/network'
import type { Path, Traffic } from '@palabre/sdk/contract/link'
import type { Port } from '@palabre/sdk/contract/port'
import { followPort } from '@palabre/sdk/contract/port-follow'

/** The overlay as my node sees it. */
export interface NetworkNow {
  readonly self: string
  readonly addresses: readonly string[]
  readonly links: readonly LinkNow[]
  readonly found: readonly KnownPeer[]
}

export interface LinkNow {
  readonly peer: string
  readonly path: Path
  readonly traffic: Traffic
  /** The last round trip, in milliseconds. */
  readonly rtt?: number
}

export interface FollowedNetwork {
  readonly now: NetworkNow | undefined
  readonly trouble: Text | undefined
  watch(fn: () => void): Disposable
}

interface Sources {
  readonly port: Port
  readonly signal: AbortSignal
  after(ms: number, fn: () => void): Disposable
}

const droveMs = 150

export function followNetwork({ port, signal, after }: Sources): FollowedNetwork {
  const watchers = new Set<() => void>()
  let now: NetworkNow | undefined
  let trouble: Text | undefined
  const tell = () => watchers.forEach((fn) => fn())
  const run = async (command: string) => (await port.run(command, {}, { signal })).data
  const fresh = async () => {
    const [info, peers] = await Promise.all([run('net.info'), run('net.list-peers')])
    const found = (peers as readonly KnownPeer[]).filter(({ path }) => path === undefined)
    now = { ...(info as Omit<NetworkNow, 'found'>), found }
    trouble = undefined
    tell()
  }
  const lost = (error: unknown) => {
    if (signal.aborted) return
    now = undefined
    trouble = textOf(error)
    tell()
  }
  let coming = false
  const heard = () => {
    if (coming || signal.aborted) return
    coming = true
    after(droveMs, () => {
      coming = false
      fresh().catch(lost)
    })
  }
  void followPort({ port, command: 'net.watch', signal, after, fresh, heard, lost })
  return {
    get now() {
      return now
    },
    get trouble() {
      return trouble
    },
    watch(fn) {
      watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    },
  }
}
