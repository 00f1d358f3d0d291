import { limits } from './exchange.ts'

/** The few addresses that lead here for most people: without the peer id, plain TCP first, what leaves this machine before what does not. */
export function worthTelling(addresses: readonly string[]): readonly string[] {
  return addresses
    .map((one) => one.replace(/\/p2p\/[A-Za-z0-9]+$/, ''))
    .filter((one) => one.length <= limits.address && !one.includes('/p2p-circuit'))
    .toSorted((a, b) => cost(a) - cost(b))
    .slice(0, limits.addresses)
}

function cost(address: string): number {
  const loopback = /^\/ip4\/127\.|^\/ip6\/::1\//.test(address) ? 8 : 0
  const linkLocal = /^\/ip6\/fe80:/i.test(address) ? 4 : 0
  const form = /^\/ip4\/[\d.]+\/tcp\/\d+$/.test(address) ? 0 : /\/tcp\/\d+$/.test(address) ? 1 : 2
  return loopback + linkLocal + form
}
