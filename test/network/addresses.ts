import type { Network } from '@palabre/sdk/contract/network'

/** Resolves with the first address that passes, now or when it comes. */
export function addressOf(network: Network, passes: (address: string) => boolean): Promise<string> {
  return new Promise((found) => {
    const look = () => {
      const address = network.addresses().find(passes)
      if (address === undefined) return
      watching[Symbol.dispose]()
      found(address)
    }
    const watching = network.watch(look)
    look()
  })
}
