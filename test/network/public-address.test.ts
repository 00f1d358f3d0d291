import { execFileSync } from 'node:child_process'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { inOwnNetwork } from './in-own-network.ts'
import { openNode, type TestNode } from './nodes.ts'

const publicAddress = '9.9.9.9'

const ip = (...args: string[]) => execFileSync('ip', ['address', ...args, `${publicAddress}/32`, 'dev', 'talk'])

/** Listens everywhere, or where it is told. */
const listening = (...listen: string[]): Promise<TestNode> => openNode({ config: { 'transport-tcp': { listen } } })

const places = ({ network }: TestNode) =>
  network
    .addresses()
    .map((one) => one.replace(/\/tcp\/.*$/, ''))
    .toSorted()

inOwnNetwork(import.meta.filename, () => {
  test('who listens on a public address of its own announces it, for as long as the machine has it', async () => {
    ip('add')
    await using anna = await listening('/ip4/0.0.0.0/tcp/0')
    assert.equal(places(anna), ['/ip4/10.77.0.1', '/ip4/127.0.0.1', `/ip4/${publicAddress}`])
    assert.is(new Set(anna.network.addresses()).size, anna.network.addresses().length)

    ip('del')
    await anna.happened((event) => event.kind === 'addresses-changed' && event.addresses.length === 2)
    assert.equal(places(anna), ['/ip4/10.77.0.1', '/ip4/127.0.0.1'])
  })

  test('who does not listen there does not announce it', async () => {
    ip('add')
    await using anna = await listening('/ip4/10.77.0.1/tcp/0')
    assert.equal(places(anna), ['/ip4/10.77.0.1'])
    ip('del')
  })
})
