import { createSocket } from 'node:dgram'
import { mkdtempSync, rmSync } from 'node:fs'
import { isIP, isIPv6 } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openClaim, openNodeHost } from '@palabre/host-cli/node-host'

/** What a page is told beside itself, at `first-contact.json`, so that two of them can find each other at once. */
export interface FirstContact {
  /** Multiaddrs of relays that end in their peer ids. */
  readonly relays: readonly string[]
  /** Servers that tell whoever asks its address: `stun:192.0.2.1:3478`. */
  readonly stun: readonly string[]
}

export interface SmallRelay extends AsyncDisposable {
  /** As whoever reached the page under this name can reach the relay; waits until it listens. Fails when it cannot run. */
  seenFrom(hostname: string): Promise<FirstContact>
  /** Where it listens for WebSockets on this machine. */
  port(): Promise<number>
}

export interface RelayPlace {
  /** Where the relay keeps its key and its port, so that addresses in invites stay true. */
  readonly profileDir: string
  /** The address to listen on; a name stands for this machine. */
  readonly host: string
  /** The page's own HTTPS port passes on to it: then it listens on this machine alone, and tells of these addresses. */
  readonly behind?: { readonly port: number; readonly addresses: readonly string[] } | undefined
}

const usualStunPort = 3478
const plugins = ['network-commands', 'stun-server']

/** A small relay in this process: a kernel of its own with the profile `web-relay`, which knows nothing of anybody's identity. */
export async function startSmallRelay({ profileDir: wanted, host, behind }: RelayPlace): Promise<SmallRelay> {
  using room = await roomFor(wanted)
  const address = isIP(host) === 0 ? '127.0.0.1' : host
  const stunPort = await freeUdpPort(address)
  const { profileDir } = room
  const node = openNodeHost({
    host: 'cli',
    profileDir,
    profile: 'web-relay',
    overlay: overlayFor(profileDir, { address, stunPort, behind }),
  })
  const held = room.keep()
  const started = node.start(plugins)
  started.catch(() => undefined)

  const listening = async () => {
    await started
    return ((await node.kernel.commands.run('net.info')).data as { readonly addresses: readonly string[] }).addresses
  }

  return {
    async seenFrom(hostname) {
      const own = nearest(await listening(), hostname)
      const near = behind === undefined || own === undefined ? own : throughPage(own, hostname, behind.port)
      const answers = node.kernel.plugins.why('stun-server').plugin.state === 'running'
      const at = near === undefined ? undefined : ipOf(near)
      return {
        relays: near === undefined ? [] : [near],
        stun: !answers || at === undefined ? [] : [`stun:${isIPv6(at) ? `[${at}]` : at}:${stunPort}`],
      }
    },
    async port() {
      const own = (await listening()).find((one) => /\/tcp\/\d+\/ws\//.test(one)) ?? ''
      return Number(/\/tcp\/(\d+)\/ws\//.exec(own)?.[1])
    },
    async [Symbol.asyncDispose]() {
      // Half started it would leave something open.
      await started.catch(() => undefined)
      await node.stop()
      held.release()
    },
  }
}

interface Room extends Disposable {
  readonly profileDir: string
  /** It is not given up when disposed of, but when released. */
  keep(): { release(): void }
}

/** The folder that was meant; while another server uses it, one for this run. */
async function roomFor(wanted: string): Promise<Room> {
  const claim = openClaim(wanted, { host: 'cli', plugins: null, profile: 'web-relay' })
  const isOurs = await claim.take(false)
  const profileDir = isOurs ? wanted : mkdtempSync(join(tmpdir(), 'palabre-web-relay-'))
  const release = () => (isOurs ? claim.release() : rmSync(profileDir, { recursive: true, force: true }))
  let isKept = false
  return {
    profileDir,
    keep() {
      isKept = true
      return { release }
    },
    [Symbol.dispose]() {
      if (!isKept) release()
    },
  }
}

/** Of the addresses of one relay the one under which the page itself was reached; else one that is not this machine's own. */
export function nearest(addresses: readonly string[], hostname: string): string | undefined {
  const plain = hostname === 'localhost' ? '127.0.0.1' : hostname.replace(/^\[|\]$/g, '')
  const isLoopback = (address: string) => /^(?:127\.|::1$)/.test(ipOf(address) ?? '')
  return addresses.find((address) => ipOf(address) === plain) ?? addresses.find((address) => !isLoopback(address)) ?? addresses[0]
}

/** The same relay, as it is reached at the address of the page. */
function throughPage(own: string, hostname: string, port: number): string {
  const plain = hostname.replace(/^\[|\]$/g, '')
  return `${hostAddress(plain)}/tcp/${port}/tls/ws${/\/p2p\/[^/]+$/.exec(own)?.[0] ?? ''}`
}

const hostAddress = (host: string) => (isIP(host) === 0 ? `/dns4/${host}` : `/ip${isIP(host)}/${host}`)

const ipOf = (address: string) => /^\/ip[46]\/([^/]+)\//.exec(address)?.[1]

interface Wishes {
  readonly address: string
  readonly stunPort: number
  readonly behind: RelayPlace['behind']
}

function overlayFor(profileDir: string, { address, stunPort, behind }: Wishes) {
  const listen = [`${hostAddress(behind === undefined ? address : '127.0.0.1')}/tcp/0/ws`]
  const announce = behind?.addresses.map((one) => `${hostAddress(one)}/tcp/${behind.port}/tls/ws`) ?? []
  return {
    source: join(profileDir, 'plugins.json'),
    json: JSON.stringify({
      plugins: {
        'transport-websocket': { config: { listen } },
        'relay-circuit': { config: { announce } },
        'stun-server': { config: { addresses: [address], port: stunPort } },
      },
    }),
  }
}

/** The usual one, unless somebody has it. */
async function freeUdpPort(host: string): Promise<number> {
  return (await bindOnce(host, usualStunPort).catch(() => undefined)) ?? bindOnce(host, 0)
}

function bindOnce(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4')
    socket.once('error', (error) => {
      socket.close()
      reject(error)
    })
    socket.bind(port, host, () => {
      const bound = socket.address().port
      socket.close(() => resolve(bound))
    })
  })
}
