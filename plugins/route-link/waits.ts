import type { Clock } from '@palabre/sdk/contract/clock'
import type { Link, LinkState } from '@palabre/sdk/contract/link'
import type { Network } from '@palabre/sdk/contract/network'

/** Whether it stands, once it has found its way again or ended: what is handed to it before has not left. */
export async function isUp(link: Link, signal: AbortSignal): Promise<boolean> {
  const settled = Promise.withResolvers<void>()
  const look = ({ state }: { readonly state: LinkState }) => state !== 'recovering' && settled.resolve()
  using _watching = link.watch(look)
  look(link)
  const stop = () => settled.reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  await Promise.race([settled.promise, link.closed]).finally(() => signal.removeEventListener('abort', stop))
  return link.state === 'up'
}

const longestWait = 8_000

/** A page is reached through a relay, which takes a moment to give it a seat: until there is an address, or for a while. */
export async function addressed(network: Network, clock: Clock, signal: AbortSignal): Promise<void> {
  const over = new AbortController()
  using _watching = network.watch((event) => {
    if (event.kind === 'addresses-changed' && event.addresses.length > 0) over.abort()
  })
  await clock.sleep(longestWait, AbortSignal.any([signal, over.signal])).catch(() => undefined)
}
