import { spawnSync } from 'node:child_process'
import * as assert from 'uvu/assert'
import { test } from 'uvu'
import { inOwnNetwork } from './in-own-network.ts'
import { openNode, type TestNode } from './nodes.ts'

const listen = {
  tcp: '/ip4/0.0.0.0/tcp/0',
  websocket: '/ip4/0.0.0.0/tcp/0/ws',
  quic: '/ip4/0.0.0.0/udp/0/quic-v1',
}

const tells = (node: TestNode, isSo: (addresses: readonly string[]) => boolean, after = 0) =>
  node.happened((event) => event.kind === 'addresses-changed' && node.events.indexOf(event) >= after && isSo(event.addresses))

inOwnNetwork(import.meta.filename, () => {
  for (const road of ['tcp', 'websocket', 'quic'] as const)
    test(`${road}: another address of the machine is told, and one that is gone no more`, async () => {
      await using node = await openNode({ roads: [road], config: { [`transport-${road}`]: { listen: [listen[road]] } } })
      const isThere = (addresses: readonly string[]) => addresses.some((one) => one.includes('/10.77.0.9/'))
      assert.not.ok(isThere(node.network.addresses()))
      ip('address add 10.77.0.9/24 dev talk')
      await tells(node, isThere)
      const before = node.events.length
      ip('address delete 10.77.0.9/24 dev talk')
      await tells(node, (addresses) => addresses.length > 0 && !isThere(addresses), before)
    })
})

function ip(line: string): void {
  const { status, stderr } = spawnSync('ip', line.split(' '), { encoding: 'utf8' })
  assert.is(status, 0, stderr)
}
