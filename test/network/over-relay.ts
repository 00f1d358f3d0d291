import type { Open } from '@palabre/sdk/conformance/law'
import type { TransportSubject } from '@palabre/sdk/conformance/transport-subject'
import type { Network } from '@palabre/sdk/contract/network'
import { addressOf } from './addresses.ts'
import { startNode } from './test-node.ts'

/** Nobody has a seat at the relay under this id. */
const absent = '12D3KooWGC6TvWhfapngX6wvJHMYvKpDMXPb3ZnCZ6dMoaMtimQ5'

/** Two who listen nowhere but at a relay, seen by those of their addresses that `passes`. */
export function overRelay(
  { transport, parts }: { transport: string; parts: readonly string[] },
  passes: (address: string) => boolean,
): Open<TransportSubject> {
  return async () => {
    const quiet = { 'transport-tcp': { listen: [] }, 'network-libp2p': { inboundPerSecond: 100_000, discover: false } }
    const relay = await startNode(['relay-circuit'])
    const relays = relay.network.addresses()
    const there = await startNode(['transport-relay', ...parts], { ...quiet, 'transport-relay': { relays } })
    const here = await startNode(['transport-relay', ...parts], quiet)
    const seated = () => addressOf(there.network, passes)
    await seated()
    const subject: TransportSubject = {
      transport,
      here: here.network,
      there: only(there.network, passes),
      nobody: { address: (await seated()).replace(/[^/]+$/, absent), codes: ['unreachable'] },
      leadsById: true,
      /** With what it stands on: otherwise a link would go on through the relay, as it should. */
      async off() {
        for (const part of ['transport-relay', ...parts]) await there.disable(part)
      },
      async on() {
        for (const part of ['transport-relay', ...parts]) await there.enable(part)
        await seated()
      },
    }
    return {
      subject,
      async close() {
        for (const one of [here, there, relay]) await one[Symbol.asyncDispose]()
      },
    }
  }
}

/** The same network, known by some of its addresses. */
function only(network: Network, passes: (address: string) => boolean): Network {
  return new Proxy(network, {
    get: (target, name) => {
      if (name === 'addresses') return () => target.addresses().filter(passes)
      const value: unknown = Reflect.get(target, name)
      return value
    },
  })
}
