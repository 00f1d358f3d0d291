// limit: 540 s
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { moveIn, type Inhabitant } from './ground/inhabitant.ts'
import { openInternet, type Internet, type Place } from './ground/internet.ts'
import type { NatTestEvent } from './ground/nat-test-event.ts'
import { guestOf, openRelay, type Relay } from './ground/relay.ts'
import { p95, table } from './ground/figures.ts'

const kinds: readonly Place[] = ['full-cone', 'address-restricted', 'port-restricted', 'symmetric', 'double', 'udp-blocked']

/** No datagram finds a way between two of these: an outer port that nobody can guess meets one who lets in no stranger. */
const strict: readonly Place[] = ['port-restricted', 'symmetric', 'double']
const mayStayRelayed = (from: Place, to: Place) =>
  [from, to].includes('udp-blocked') || ([from, to].includes('symmetric') && strict.includes(from) && strict.includes(to))

/** Times in seconds. */
interface Found {
  readonly from: Place
  readonly to: Place
  readonly linked: number
  readonly direct: number | undefined
}

test('everybody reaches everybody, and directly wherever two NATs allow it', async () => {
  await using stack = new AsyncDisposableStack()
  const internet = stack.use(await openInternet())
  const relay = stack.use(await openRelay(await internet.machine('open')))
  const homes: Home[] = []
  for (const kind of kinds) homes.push(await openHome(stack, internet, relay, kind))
  const found: Found[] = []
  for (const { kind: from, caller } of homes)
    for (const { kind: to, host } of homes) found.push({ from, to, ...(await call(caller, relay.to(host))) })

  const cell = ({ direct }: Found) => (direct === undefined ? 'relayed' : `${direct.toFixed(2)} s`)
  const rows = kinds.map((from) => [from, ...found.filter((one) => one.from === from).map(cell)])
  table(['seconds from dialling to direct', ...kinds], rows)
  const first = found.map(({ linked }) => linked)
  const direct = found.flatMap(({ direct, linked }) => (direct === undefined ? [] : Math.max(0, direct - linked)))
  console.log(`MEASURED: ${found.length} pairs, all linked, ${direct.length} direct`)
  console.log(
    `MEASURED: linked through the relay, p95 ${p95(first)} s (aim 5, limit 20); relayed to direct, p95 ${p95(direct)} s (aim 3)`,
  )

  const stuck = found
    .filter(({ from, to, direct }) => direct === undefined && !mayStayRelayed(from, to))
    .map(({ from, to }) => `${from} to ${to}`)
  assert.equal(stuck, [])
  assert.ok(Math.max(...first) < 20, 'the limit of a relayed link')
})

interface Home {
  readonly kind: Place
  /** Its overlay id. */
  readonly host: string
  /** Lives behind a NAT of the same kind, elsewhere. */
  readonly caller: Inhabitant
}

async function openHome(stack: AsyncDisposableStack, internet: Internet, relay: Relay, kind: Place): Promise<Home> {
  const [home, elsewhere] = [await internet.machine(kind), await internet.machine(kind)]
  const host = stack.use(moveIn(home.space, guestOf(relay)))
  const caller = stack.use(moveIn(elsewhere.space, guestOf(relay)))
  const ready = await host
    .start('talk', 'listen')
    .event((event) => event.kind === 'ready' && event.addresses.some((one) => one.includes('/p2p-circuit')))
  return { kind, host: ready.kind === 'ready' ? ready.self : '', caller }
}

/** In seconds: a way that was not found by then is not found. */
const patience = '8'

async function call(caller: Inhabitant, address: string): Promise<Pick<Found, 'linked' | 'direct'>> {
  const running = caller.start('net', 'nat-test', address, '--count', '2', '--interval', '50', '--patience', patience)
  await running.event<NatTestEvent>(({ event }) => event === 'started')
  const begun = performance.now()
  await running.event<NatTestEvent>(({ event }) => event === 'path_change')
  const linked = (performance.now() - begun) / 1000
  const { code, err } = await running.process.ended
  assert.is(code, 0, err)
  const punch = running.events<NatTestEvent>().find(({ event }) => event === 'hole_punch')
  return { linked, direct: punch?.event === 'hole_punch' ? (punch.time_to_direct_s ?? undefined) : undefined }
}

test.run()
