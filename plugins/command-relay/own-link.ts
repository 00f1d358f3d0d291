import { isOfOwnNetwork, text, type Text } from '@palabre/sdk'
import { reply, type Reply } from '@palabre/sdk/contract/command'
import type { Network } from '@palabre/sdk/contract/network'
import type { Plugins } from '@palabre/sdk/contract/plugins'
import type { SignalServer } from '@palabre/sdk/contract/signal-server'
import { relayLink, type RelayPlace } from '@palabre/sdk/contract/relay-link'
import { faults } from './faults.ts'
import { terminalQr } from './terminal-qr.ts'

export interface OwnLinkSources {
  readonly plugins: Plugins
  readonly network: Network | undefined
  readonly signalServer: SignalServer | undefined
  readonly signal: AbortSignal
}

/** Where we can be reached, now and whenever that changes. */
export async function* tellLink({ plugins, network, signalServer, signal }: OwnLinkSources): AsyncGenerator<Reply> {
  const mailbox = mailboxOf(plugins)
  if (network === undefined || mailbox === undefined) throw faults.noRelay()
  if (mailbox.state !== 'running') throw faults.notRunning(mailbox.id, mailbox.reason)
  let changed = Promise.withResolvers<void>()
  using _ = network.watch(({ kind }) => kind === 'addresses-changed' && changed.resolve())
  signal.addEventListener('abort', () => changed.resolve(), { once: true })
  await network.ready()
  for (let told = ''; !signal.aborted; await changed.promise) {
    changed = Promise.withResolvers()
    const place = placeOf(network, signalServer)
    const link = relayLink(place)
    if (place.addresses.length === 0 || link === told) continue
    told = link
    yield reply({ link, ...place }, linkText(link))
  }
}

/** What makes a node a relay, where it is switched on. */
export const mailboxOf = (plugins: Plugins) =>
  plugins.list().find(({ id, state }) => id === 'mailbox-server' && state !== 'disabled')

/**
 * Nobody else reaches this machine by its loopback; it is told only where there is nothing else. What leads here from everywhere comes
 * first, and where there is any, rooms are told there alone.
 */
export function placeOf(network: Pick<Network, 'self' | 'addresses'>, signalServer?: Pick<SignalServer, 'addresses'>): RelayPlace {
  const all = network.addresses().map((one) => one.replace(/\/p2p\/[A-Za-z0-9]+$/, ''))
  const direct = all.filter((one) => !one.includes('/p2p-circuit'))
  const outside = direct.filter((one) => !/^\/(ip4\/127\.|ip6\/::1\/)/.test(one))
  const isNear = (address: string) => isOfOwnNetwork(hostIn(address) ?? '')
  const addresses = (outside.length > 0 ? outside : direct).toSorted((a, b) => Number(isNear(a)) - Number(isNear(b))).slice(0, most)
  const far = addresses.filter((one) => !isNear(one))
  const hosts = new Set((far.length > 0 ? far : addresses).flatMap((one) => hostIn(one) ?? []))
  return { peer: network.self, addresses, signals: signalServer?.addresses([...hosts].slice(0, mostHosts)) }
}

const hostIn = (address: string) => /^\/(?:ip4|ip6|dns[46]?)\/([^/]+)\//.exec(address)?.[1]

const most = 8
const mostHosts = 2

const linkText = (link: string): Text => {
  const qr = terminalQr(link)
  return text(
    `${qr}\n${link}\n\nPeople who want this relay to keep their messages type: palabre relay add '${link}'`,
    `${qr}\n${link}\n\nQui veut confier ses messages à ce relais tape : palabre relay add '${link}'`,
  )
}
