import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openInternet, places, type Internet, type Place } from './ground/internet.ts'
import { openMouth, type Mouth } from './ground/mouth.ts'

interface Traits {
  /** Keeps its outer port towards everybody. */
  readonly steady: boolean
  /** Lets in another port of a machine that was spoken to. */
  readonly otherPort: boolean
  /** Lets in a machine that was never spoken to. */
  readonly stranger: boolean
}

const expected: Record<Exclude<Place, 'udp-blocked'>, Traits> = {
  open: { steady: true, otherPort: true, stranger: true },
  'full-cone': { steady: true, otherPort: true, stranger: true },
  'address-restricted': { steady: true, otherPort: true, stranger: false },
  'port-restricted': { steady: true, otherPort: false, stranger: false },
  symmetric: { steady: false, otherPort: false, stranger: false },
  double: { steady: true, otherPort: false, stranger: false },
}

interface Ground {
  readonly internet: Internet
  readonly servers: readonly (readonly [address: string, mouth: Mouth])[]
}

async function openGround(stack: AsyncDisposableStack): Promise<Ground> {
  const internet = stack.use(await openInternet())
  const servers = []
  for (let i = 0; i < 2; i++) {
    const { space, address } = await internet.machine('open')
    const mouth = stack.use(await openMouth(space))
    for (const port of [1000, 2000]) await mouth.bind(port)
    await mouth.listen(1000)
    servers.push([address, mouth] as const)
  }
  return { internet, servers }
}

/** What two servers with two ports each find out about somebody's NAT. */
async function traitsOf(mouth: Mouth, servers: Ground['servers'], round: number): Promise<Traits> {
  const [[first, friend], [second, stranger]] = servers as [Ground['servers'][0], Ground['servers'][0]]
  const own = 5000 + round
  const ask = async (to: string, server: Mouth, port: number, said: string) => {
    await mouth.send(own, to, port, said)
    return server.hears(said)
  }
  const seen = await ask(first, friend, 1000, `hello ${round}`)
  await friend.send(2000, seen.address, seen.port, `other port ${round}`)
  await stranger.send(1000, seen.address, seen.port, `stranger ${round}`)
  // Sent last by the one who may: when it is here, the others would be.
  await friend.send(1000, seen.address, seen.port, `fence ${round}`)
  await mouth.hears(`fence ${round}`)
  const [otherPort, known] = [mouth.heard(`other port ${round}`), mouth.heard(`stranger ${round}`)]
  const more = [await ask(first, friend, 2000, `again ${round}`), await ask(second, stranger, 1000, `there ${round}`)]
  return { steady: more.every(({ port }) => port === seen.port), otherPort, stranger: known }
}

for (const place of places) {
  test(`${place} is what its name says, three times over`, async () => {
    await using stack = new AsyncDisposableStack()
    const { internet, servers } = await openGround(stack)
    const { space, outer } = await internet.machine(place)
    const mouth = stack.use(await openMouth(space))
    if (place === 'udp-blocked') {
      await mouth.send(5000, servers[0]![0], 1000, 'hello')
      assert.ok(await mouth.reaches(servers[0]![0], 1000), 'TCP passes')
      assert.not.ok(servers[0]![1].heard('hello'))
      return
    }
    for (let round = 0; round < 3; round++) assert.equal(await traitsOf(mouth, servers, round), expected[place])
    assert.is((await servers[0]![1].hears('hello 0')).address, outer)
    await mouth.listen(1000)
    assert.ok(await mouth.reaches(servers[1]![0], 1000), 'TCP passes outwards')
    assert.is(await servers[0]![1].reaches(outer, 1000), place === 'open', 'TCP passes inwards in the open only')
  })
}

test('a lab has no way out of itself', async () => {
  await using stack = new AsyncDisposableStack()
  const { internet } = await openGround(stack)
  const { space } = await internet.machine('open')
  const mouth = stack.use(await openMouth(space))
  assert.not.ok(await mouth.reaches('127.0.0.1', 1))
  const interfaces = await space.ip('-brief link')
  assert.equal([...interfaces.matchAll(/^(\w+)/gm)].map(([, name]) => name).join(' '), 'lo eth0')
})

test.run()
