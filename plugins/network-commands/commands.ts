import { follow, PalabreError, text } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import { reply, type CommandContext, type Reply } from '@palabre/sdk/contract/command'
import type { Network } from '@palabre/sdk/contract/network'
import { eventText, foundText, infoText, linkText, peersText, pingText } from './tell.ts'

export interface PeerArgs {
  readonly peer: readonly string[]
}

export interface PingArgs extends PeerArgs {
  readonly count: number
  readonly interval: number
}

/** What a person can ask of the network, through its contract alone. */
export function netCommands(network: Network, clock: Clock) {
  const info = async () => {
    await network.ready()
    const data = {
      self: network.self,
      addresses: network.addresses(),
      links: network.links().map(({ peer, path, traffic, roundTrips }) => ({ peer, path, traffic, rtt: roundTrips.at(-1)?.ms })),
    }
    return reply(data, infoText(data))
  }

  const link = async ({ peer }: PeerArgs, { signal }: CommandContext) => {
    await network.ready()
    return network.dial(peer, { signal })
  }

  async function* ping(args: PingArgs, context: CommandContext): AsyncGenerator<Reply> {
    const there = await link(args, context)
    for (let seq = 1; args.count === 0 || seq <= args.count; seq++) {
      if (seq > 1) await clock.sleep(args.interval, context.signal)
      const rtt = Math.round((await there.rtt({ signal: context.signal })) * 1000) / 1000
      const data = { seq, rtt, peer: there.peer, path: there.path }
      yield reply(data, pingText(data))
    }
  }

  async function* startDiscovery({ seconds }: { seconds: number }, { signal }: CommandContext): AsyncGenerator<Reply> {
    await network.ready()
    const until = seconds === 0 ? signal : AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)])
    const events = follow(network.watch, until)
    network.startDiscovery()
    for (const { peer, addresses, foundBy } of network.peers())
      if (foundBy.length > 0) yield found(peer, addresses, foundBy.join(', '))
    for await (const event of events) if (event.kind === 'peer-found') yield found(event.peer, event.addresses, event.by)
  }

  async function* watch(_args: object, { signal }: CommandContext): AsyncGenerator<Reply> {
    const events = follow(network.watch, signal)
    yield info()
    for await (const event of events) {
      const data = event.kind === 'link-opened' ? { kind: event.kind, peer: event.link.peer, path: event.link.path } : event
      yield reply(data, eventText(event))
    }
  }

  return {
    info,
    ping,
    startDiscovery,
    watch,
    async listPeers() {
      await network.ready()
      const peers = network.peers()
      return reply(peers, peersText(peers))
    },
    async connect(args: PeerArgs, context: CommandContext) {
      const { peer, path } = await link(args, context)
      return reply({ peer, path }, linkText(peer, path))
    },
    async disconnect({ peer }: { peer: string }) {
      const linked = network.links().find((one) => one.peer === peer)
      if (linked === undefined) throw notLinked(peer)
      await linked.close()
      return reply({ peer }, text(`Closed the link to ${peer}.`, `Lien vers ${peer} fermé.`))
    },
    async rotate() {
      await network.rotate()
      return info()
    },
  }
}

function found(peer: string, addresses: readonly string[], by: string): Reply {
  return reply({ peer, addresses, by }, foundText(peer, addresses, by))
}

function notLinked(peer: string): PalabreError {
  return new PalabreError('peer-unknown', text(`there is no link to ${peer}`, `il n’y a pas de lien vers ${peer}`), {
    todo: text('See: palabre net list-peers', 'Voyez : palabre net list-peers'),
  })
}
