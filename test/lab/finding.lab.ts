import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { p95 } from './ground/figures.ts'
import { moveIn } from './ground/inhabitant.ts'
import { openSite } from './ground/site.ts'

const plain = { 'transport-webrtc-direct': false, 'transport-websocket': false }

interface NetEvent {
  readonly kind: string
  readonly peer?: string
  readonly by?: string
  readonly self?: string
}

test('on one local network people find each other, and nobody beyond it', async () => {
  await using stack = new AsyncDisposableStack()
  const site = stack.use(await openSite(2))
  const host = stack.use(moveIn((await site.machine(1)).space, plain)).start('talk', 'listen')
  const stranger = stack.use(moveIn((await site.machine(2)).space, plain)).start('talk', 'listen')
  const selves = await Promise.all(
    [host, stranger].map(async (one) => one.event((event) => event.kind === 'ready' && event.addresses.length > 0)),
  )
  const [near, beyond] = selves.map((event) => (event.kind === 'ready' ? event.self : ''))
  const guest = stack.use(moveIn((await site.machine(1)).space, plain))
  const times: number[] = []
  for (let round = 0; round < 3; round++) {
    const looking = guest.start('net', 'watch')
    await looking.event<NetEvent>(({ self }) => self !== undefined)
    const begun = performance.now()
    await looking.event<NetEvent>(({ kind, peer }) => kind === 'link-opened' && peer === near)
    times.push((performance.now() - begun) / 1000)
    assert.not.ok(looking.events<NetEvent>().some(({ peer }) => peer === beyond))
    looking.process.signal('SIGINT')
    await looking.process.ended
  }
  console.log(`MEASURED: found and linked on a local network: p95 ${p95(times)} s of ${times.length} (aim 3, limit 30)`)
  assert.ok(Math.max(...times) < 30)
})

test('half of the bootstrap nodes are dead, and the others are linked', async () => {
  await using stack = new AsyncDisposableStack()
  const site = stack.use(await openSite(2))
  const quiet = { ...plain, 'discovery-mdns': false }
  const nodes: { at: string; self: string }[] = []
  const dead: string[] = []
  for (let i = 0; i < 4; i++) {
    const { space, address } = await site.machine(1)
    const node = stack.use(moveIn(space, quiet)).start('talk', 'listen')
    const ready = await node.event(
      (event) => event.kind === 'ready' && event.addresses.some((one) => one.includes(`/ip4/${address}/`)),
    )
    if (ready.kind !== 'ready') continue
    nodes.push({ at: ready.addresses.find((one) => one.includes(`/ip4/${address}/`))!, self: ready.self })
    if (i % 2 === 1) continue
    dead.push(ready.self)
    node.process.signal('SIGKILL')
  }
  const { space } = await site.machine(2)
  const looking = stack
    .use(moveIn(space, { ...quiet, 'discovery-bootstrap': { nodes: nodes.map(({ at }) => at) } }))
    .start('net', 'watch')
  await looking.event<NetEvent>(({ self }) => self !== undefined)
  const begun = performance.now()
  for (const { self } of nodes.filter(({ self }) => !dead.includes(self)))
    await looking.event<NetEvent>(({ kind, peer }) => kind === 'link-opened' && peer === self)
  console.log(
    `MEASURED: two bootstrap nodes of four are dead, the others linked after ${((performance.now() - begun) / 1000).toFixed(2)} s`,
  )
})

test.run()
