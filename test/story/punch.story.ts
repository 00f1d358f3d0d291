import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { newPerson } from './cli-process.ts'
import { isInside, proveInside } from './in-namespace.ts'
import { openMeadow, plugIn } from './meadow.ts'

const test = suite('holes through firewalls')
const road = {
  'network-libp2p': true,
  'network-commands': true,
  'channel-noise': true,
  ...Object.fromEntries(['transport-websocket', 'transport-webrtc', 'upgrade-webrtc'].map((id) => [id, false])),
}

/** Lets nothing in that was not asked for, as a NAT does that looks at addresses and ports. */
const firewall = `nft add table inet wall
nft add chain inet wall in '{ type filter hook input priority 0; policy drop; }'
nft add rule inet wall in iif lo accept
nft add rule inet wall in meta l4proto ipv6-icmp accept
nft add rule inet wall in ct state established,related accept`

/** A person on a machine of her own, behind her own firewall. */
function behindFirewall(name: string, address: string, relay: string, plugins: object) {
  const own = {
    'transport-tcp': { enabled: true, config: { listen: ['/ip4/0.0.0.0/tcp/0'] } },
    'transport-relay': { enabled: true, config: { relays: [relay] } },
  }
  return plugIn(name, address, { ...road, ...plugins, ...own }, firewall)
}

interface Info {
  readonly addresses: readonly string[]
}

test('two behind firewalls go from relayed to direct by TCP once both have the punch, and talk on when the relay is gone', async () => {
  openMeadow()
  await using relay = newPerson({
    plugins: {
      ...road,
      'relay-circuit': true,
      'transport-tcp': { enabled: true, config: { listen: ['/ip4/10.78.0.1/tcp/0'] } },
    },
  })
  const relaying = relay.start(['net', 'watch', '--json'])
  const [at = ''] = (JSON.parse((await relaying.says('\n')).split('\n')[0]!) as Info).addresses
  await using anna = behindFirewall('anna', '10.78.0.2', at, { 'upgrade-tcp-punch': false })
  await using boris = behindFirewall('boris', '10.78.0.3', at, { 'upgrade-tcp-punch': true })
  await using carla = behindFirewall('carla', '10.78.0.4', at, { 'upgrade-tcp-punch': false })
  const watching = anna.run('net', 'watch', '--json')
  const address = /"(\/[^"]+\/p2p-circuit\/p2p\/[^"]+)"/.exec(await watching.says('p2p-circuit'))![1]!
  const pingFor = (person: typeof boris) => person.run('net', 'ping', address, '--json', '--count', '0', '--interval', '50')
  const [pinging, without] = [pingFor(boris), pingFor(carla)]
  for (const one of [pinging, without]) await one.says('"kind":"relayed"')
  const direct = /"kind":"lan","transport":"tcp"/
  assert.not.match(pinging.said(), direct)
  const switched = await anna.palabre('plugins', 'enable', 'upgrade-tcp-punch')
  assert.is(switched.code, 0, switched.err)
  await pinging.says(direct)
  await watching.says(direct)
  const later = without.said().split('\n').length + 10
  await without.says((said) => said.split('\n').length > later)
  assert.not.match(without.said(), direct)
  relaying.signal('SIGKILL')
  await relaying.ended
  const before = pinging.said().split('\n').length
  await pinging.says((said) => said.split('\n').length > before + 5)
  assert.match(pinging.said().trim().split('\n').at(-1)!, direct)
})

if (isInside) test.run()
else proveInside(import.meta.filename)
