import { matchesGlob } from 'node:path'
import type { House } from './house.ts'
import { resolveImport } from './resolve-import.ts'
import type { Violation } from './violation.ts'

const overlayRooms = ['network', 'transport', 'channel', 'discovery', 'upgrade', 'resolver', 'nat', 'relay'].map(
  (role) => `plugins/${role}-*/**`,
)

/**
 * Where each vendor lives. `home` lists the files that may name it; with `files`, that many of them at most.
 * A vendor that one file of the product uses needs no line here; the second file makes you choose its home.
 */
const homes: readonly Home[] = [
  // The overlay's ecosystem: whoever makes a part of the network speaks its types and its addresses.
  ...[
    '@libp2p/interface',
    '@libp2p/peer-id',
    '@libp2p/crypto',
    '@libp2p/utils',
    '@multiformats/multiaddr',
    '@multiformats/multiaddr-matcher',
  ].map((vendor) => ({
    vendor,
    home: [...overlayRooms, 'sdk/contract/**'],
  })),
  { vendor: 'main-event', home: ['plugins/transport-*/*-listener.ts'] },
  { vendor: '@libp2p/kad-dht', home: ['plugins/discovery-kademlia/**'] },
  { vendor: 'multiformats', home: ['plugins/discovery-kademlia/**'] },
  ...['@libp2p/circuit-relay-v2', '@libp2p/webrtc', '@libp2p/tcp'].map((vendor) => ({ vendor, home: overlayRooms })),
  { vendor: 'node-datachannel', home: ['plugins/transport-webrtc/*.node.ts', 'plugins/transport-webrtc-direct/**'] },
  { vendor: 'hyperdht', home: ['plugins/transport-hyperdht/**'] },
  { vendor: 'inversify', home: ['kernel/container.ts'] },
  { vendor: 'tapable', home: ['kernel/hooks.ts', 'kernel/tapable.d.ts'] },
  { vendor: '@cfworker/json-schema', home: ['kernel/schema.ts'] },
  { vendor: 'commander', home: ['host-cli/program.ts', 'host-cli/help.ts', 'host-cli/line-errors.ts'] },
  { vendor: 'jsonc-parser', home: ['host-cli/**'], files: 1 },
  {
    vendor: 'ws',
    home: [
      'plugins/port-loopback/**',
      'plugins/signal-server/open-server.ts',
      'plugins/{transport-websocket,signal-room}/open-socket.node.ts',
    ],
  },
  { vendor: 'vite', home: ['host-web/**'] },
  { vendor: '@noble/ciphers', home: ['plugins/primitives-*/**'] },
  { vendor: '@noble/hashes', home: ['plugins/primitives-*/**'] },
  { vendor: '@scure/bip39', home: ['plugins/identity-seed/recovery-phrase.ts'] },
  {
    vendor: 'better-sqlite3',
    home: ['store-sqlite/open-database.ts', 'mailbox-server/sqlite-kind.ts', 'store-sqlite/better-sqlite3.d.ts'].map(
      (file) => `plugins/${file}`,
    ),
  },
  { vendor: 'kysely', home: ['plugins/{store-sqlite,mailbox-server}/**'] },
  { vendor: 'pg', home: ['plugins/mailbox-server/postgres-*.ts'] },
  { vendor: 'idb', home: ['plugins/store-indexeddb/{open-store,tables}.ts'] },
  { vendor: 'lit', home: ['plugins/view-*/**'] },
  { vendor: 'uqr', home: ['plugins/command-*/terminal-qr.ts', 'plugins/view-contacts/**'] },
  { vendor: 'uvu', home: ['sdk/conformance/**', 'sdk/testkit/**'] },
]

interface Home {
  readonly vendor: string
  readonly home: readonly string[]
  readonly files?: number
}

interface Use {
  readonly vendor: string
  readonly path: string
  readonly line: number
}

/** A vendor known to one file can be replaced by changing one file. Tests may use any vendor they declare. */
export function vendorsHaveOneHome(house: House): Violation[] {
  const byVendor = Map.groupBy(usesInProduct(house), (use) => use.vendor)
  return [...byVendor].flatMap(([vendor, uses]) => {
    const home = homes.find((one) => one.vendor === vendor)
    return home ? strangers(home, uses) : homeless(vendor, uses)
  })
}

/** The first use in each file. `declare module 'x'` counts: it is knowledge about x. */
function usesInProduct(house: House): Use[] {
  const product = house.sources.filter((source) => !source.isTest && house.roomOf(source.path))
  return product.flatMap((source) => {
    const uses = source.imports.flatMap((one) => {
      const target = resolveImport(house, source, one)
      return target.kind === 'package' ? [{ vendor: target.name, path: source.path, line: one.line }] : []
    })
    return uses.filter((use, index) => uses.findIndex((other) => other.vendor === use.vendor) === index)
  })
}

function strangers({ vendor, home, files = Infinity }: Home, uses: readonly Use[]): Violation[] {
  const atHome = uses.filter((use) => isAt(home, use.path))
  return uses
    .filter((use) => !isAt(home, use.path) || atHome.indexOf(use) >= files)
    .map((use) => ({ ...use, says: `imports ${vendor}, whose home is ${homeOf(home, files, atHome)}. Go through it.` }))
}

function homeless(vendor: string, uses: readonly Use[]): Violation[] {
  const [first, ...others] = uses
  const says = `imports ${vendor}, which ${first!.path} does already. Go through that file, or give ${vendor} a home in test/house/vendors-have-one-home.ts.`
  return others.map((use) => ({ ...use, says }))
}

const isAt = (home: readonly string[], path: string) => home.some((pattern) => matchesGlob(path, pattern))

const homeOf = (home: readonly string[], files: number, atHome: readonly Use[]) =>
  files < Infinity && atHome.length > 0 ? atHome[0]!.path : home.join(' and ')
