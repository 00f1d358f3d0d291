import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { inOwnNetwork } from '../network/in-own-network.ts'
import { newPerson, type CliProcess, type Person } from './cli-process.ts'

const road = {
  'network-libp2p': true,
  'network-commands': true,
  'channel-noise': true,
  'transport-websocket': false,
  'upgrade-tcp-punch': false,
}

/** Listens at the relay and nowhere else. */
function guestOf(relay: string, isUpgrading: boolean): Person {
  return newPerson({
    plugins: {
      ...road,
      'upgrade-webrtc': isUpgrading,
      'transport-tcp': { enabled: true, config: { listen: [] } },
      'transport-relay': { enabled: true, config: { relays: [relay] } },
    },
  })
}

/** Two who talk through the relay: who listens, and who goes on pinging. */
async function pair(stack: AsyncDisposableStack, relay: string, isUpgrading: boolean) {
  const [anna, boris] = [stack.use(guestOf(relay, isUpgrading)), stack.use(guestOf(relay, isUpgrading))]
  const watching = anna.start(['net', 'watch', '--json'])
  const address = /"(\/[^"]+\/p2p-circuit\/p2p\/[^"]+)"/.exec(await watching.says('p2p-circuit'))![1]!
  const pinging = boris.start(['net', 'ping', address, '--json', '--count', '0', '--interval', '50'])
  await pinging.says('"kind":"relayed"')
  return { watching, pinging }
}

const pings = ({ said }: CliProcess) => said().split('\n').slice(0, -1)

/** WebRTC's threads are the ones that would not end. How long it takes to end after Ctrl-C, in milliseconds. */
async function interrupted(process: CliProcess): Promise<number> {
  const begun = performance.now()
  process.signal('SIGINT')
  await process.ended
  return performance.now() - begun
}

inOwnNetwork(import.meta.filename, () => {
  test('upgrade-webrtc takes a link to a direct road; switched off, the link stays relayed', async () => {
    await using stack = new AsyncDisposableStack()
    const relay = stack.use(
      newPerson({
        plugins: {
          ...road,
          'relay-circuit': true,
          'transport-tcp': { enabled: true, config: { listen: ['/ip4/10.77.0.1/tcp/0'] } },
        },
      }),
    )
    const relaying = relay.start(['net', 'watch', '--json'])
    const [at = ''] = (JSON.parse((await relaying.says('\n')).split('\n')[0]!) as { addresses: readonly string[] }).addresses
    const without = await pair(stack, at, false)
    const { pinging, watching } = await pair(stack, at, true)
    const direct = /"kind":"(lan|direct)","transport":"webrtc"/
    await Promise.all([pinging.says(direct), watching.says(direct)])
    const before = pings(without.pinging).length
    await without.pinging.says(() => pings(without.pinging).length > before + 20)
    assert.ok(pings(without.pinging).every((line) => line.includes('"kind":"relayed"')))
    const ends = await Promise.all([pinging, watching].map(interrupted))
    console.log(`MEASURED: in a direct call by WebRTC, ended ${Math.max(...ends).toFixed(0)} ms after Ctrl-C (aim 2000)`)
    assert.ok(Math.max(...ends) < 5_000)
  })
})
