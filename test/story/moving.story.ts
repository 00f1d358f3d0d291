import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { inOwnNetwork } from '../network/in-own-network.ts'
import type { CliProcess } from './cli-process.ts'
import { openMeadow, plugIn } from './meadow.ts'

const listen = { tcp: '/ip4/0.0.0.0/tcp/0', quic: '/ip4/0.0.0.0/udp/0/quic-v1' } as const
const off = ['transport-websocket', 'transport-webrtc', 'upgrade-webrtc', 'transport-relay', 'transport-tcp', 'transport-quic']

const pluginsFor = (road: keyof typeof listen) => ({
  'network-libp2p': true,
  'network-commands': true,
  'channel-noise': true,
  ...Object.fromEntries(off.map((id) => [id, false])),
  [`transport-${road}`]: { enabled: true, config: { listen: [listen[road]] } },
})

interface Ping {
  readonly seq: number
  readonly path: { readonly address: string }
}

const pings = (process: CliProcess) =>
  process
    .said()
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Ping)

inOwnNetwork(import.meta.filename, () => {
  test('the side that was dialled moves: the talk goes on, and no ping is missing', async () => {
    openMeadow()
    for (const road of ['tcp', 'quic'] as const) {
      await using anna = plugIn(`anna-${road}`, '10.78.0.2', pluginsFor(road))
      await using boris = plugIn(`boris-${road}`, '10.78.0.3', pluginsFor(road))
      const watching = anna.run('net', 'watch', '--json')
      const address = /"(\/ip4\/10\.78\.0\.2\/[^"]+)"/.exec(await watching.says('/10.78.0.2/'))![1]!
      const pinging = boris.run('net', 'ping', address, '--json', '--count', '0', '--interval', '20')
      await pinging.says(() => pings(pinging).length > 10)
      const begun = performance.now()
      anna.move('10.78.0.9')
      await pinging.says('/10.78.0.9/')
      const seconds = (performance.now() - begun) / 1000
      console.log(`MEASURED: over ${road} alone, back ${seconds.toFixed(2)} s after the dialled side moved (aim 2, limit 5)`)
      assert.ok(seconds < 5, `${road}: ${seconds} s`)
      assert.equal(
        pings(pinging).map(({ seq }) => seq),
        pings(pinging).map((_, at) => at + 1),
      )
    }
  })
})
