import { createWatched, textOf, type Text, type Watched } from '@palabre/sdk'
import type { KnownPeer } from '@palabre/sdk/contract/network'
import type { Path, Traffic } from '@palabre/sdk/contract/link'
import type { Port } from '@palabre/sdk/contract/port'
import { followPort, inDroves } from '@palabre/sdk/contract/port-follow'

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

export type FollowedNetwork = Watched<{
  /** Undefined while it cannot be had. */
  readonly network: NetworkNow | undefined
  readonly trouble: Text | undefined
}>

interface Sources {
  readonly port: Port
  readonly signal: AbortSignal
  after(ms: number, fn: () => void): Disposable
}

const droveMs = 150

export function followNetwork({ port, signal, after }: Sources): FollowedNetwork {
  const followed = createWatched<FollowedNetwork['now']>({ network: undefined, trouble: undefined })
  const run = async (command: string) => (await port.run(command, {}, { signal })).data
  const fresh = async () => {
    const [info, peers] = await Promise.all([run('net.info'), run('net.list-peers')])
    const found = (peers as readonly KnownPeer[]).filter(({ path }) => path === undefined)
    followed.set({ network: { ...(info as Omit<NetworkNow, 'found'>), found }, trouble: undefined })
  }
  const lost = (error: unknown) => {
    if (!signal.aborted) followed.set({ network: undefined, trouble: textOf(error) })
  }
  const heard = inDroves(() => void fresh().catch(lost), { ms: droveMs, signal, after })
  void followPort({ port, command: 'net.watch', signal, after, fresh, heard, lost })
  return followed
}
