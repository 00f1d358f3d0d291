// limit: 300 s
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { table } from './ground/figures.ts'
import { moveIn, type Inhabitant, type PluginSettings } from './ground/inhabitant.ts'
import { openInternet, type Machine, type Place } from './ground/internet.ts'

const kinds: readonly Place[] = ['full-cone', 'address-restricted', 'port-restricted', 'symmetric']

/** What everybody has but this one road. */
const others = Object.fromEntries(
  [
    ...['tcp', 'quic', 'websocket', 'relay', 'webrtc', 'webrtc-direct'].map((name) => `transport-${name}`),
    ...['upgrade-webrtc', 'upgrade-tcp-punch', 'discovery-mdns', 'discovery-announce', 'discovery-bootstrap'],
  ].map((name) => [name, false]),
)

test('with nobody but the nodes of a table between them, two go directly through their NATs', async () => {
  await using stack = new AsyncDisposableStack()
  const internet = stack.use(await openInternet())
  const only: PluginSettings = { ...others, 'transport-hyperdht': { bootstrap: [await openTable(await internet.machine('open'))] } }
  const homes: Home[] = []
  for (const kind of kinds) {
    const [home, elsewhere] = [await internet.machine(kind), await internet.machine(kind)]
    const host = stack.use(moveIn(home.space, only))
    homes.push({ kind, outer: home.outer, at: await addressOf(host), caller: stack.use(moveIn(elsewhere.space, only)) })
  }

  const found: { from: Place; to: Place; seconds: number | undefined }[] = []
  for (const { kind: from, caller } of homes)
    for (const home of homes) found.push({ from, to: home.kind, seconds: await call(caller, home) })

  const rows = kinds.map((kind) => [
    kind,
    ...found.filter(({ from }) => from === kind).map(({ seconds }) => seconds?.toFixed(2) ?? 'none'),
  ])
  table(['seconds from dialling to direct', ...kinds], rows)
  const apart = found.filter(({ from, to, seconds }) => seconds === undefined && !mayStayApart(from, to))
  assert.equal(
    apart.map(({ from, to }) => `${from} to ${to}`),
    [],
  )
})

/** The outer port of one is nobody's to guess, and the other lets in none but whom it called: luck decides. */
const mayStayApart = (from: Place, to: Place) => [from, to].includes('symmetric') && ![from, to].includes('full-cone')

interface Home {
  readonly kind: Place
  /** What the internet sees of it. */
  readonly outer: string
  readonly at: string
  /** Lives behind a NAT of the same kind, elsewhere. */
  readonly caller: Inhabitant
}

async function openTable({ space, address }: Machine): Promise<string> {
  const child = space.node([join(import.meta.dirname, 'ground', 'table-process.ts'), address], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = (await once(child.stdout!.setEncoding('utf8'), 'data')) as [string]
  return said.trim()
}

async function addressOf(host: Inhabitant): Promise<string> {
  const ready = await host.start('talk', 'listen').event((event) => event.kind === 'ready' && event.addresses.length > 0)
  return ready.kind === 'ready' ? ready.addresses[0]! : ''
}

/** In seconds; undefined when no link came about. What a path tells of the far end is the router in front of it and nobody between. */
async function call(caller: Inhabitant, { at, outer }: Home): Promise<number | undefined> {
  const running = caller.start('talk', 'tell', at, '--every', '100')
  const linked = await running.event((event) => event.kind === 'linked').catch(() => undefined)
  running.process.signal('SIGINT')
  await running.process.ended
  if (linked?.kind !== 'linked') return undefined
  assert.equal([linked.path.kind, linked.path.transport, linked.path.address.split('/')[2]], ['direct', 'hyperdht', outer])
  return linked.after / 1000
}

test.run()
