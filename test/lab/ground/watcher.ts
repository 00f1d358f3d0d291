import type { Space } from './space.ts'

/** Counts what a machine sends. */
export interface Watcher {
  /** Packets to port 53, of any protocol, to any address, in any disguise that the port gives. */
  questions(): Promise<number>
  /** TCP and UDP packets to addresses that nobody configured, and where the first few went. */
  strays(): Promise<{ readonly packets: number; readonly to: readonly string[] }>
}

/** `known`: addresses and prefixes that were configured, multicast DNS among them where it is on. */
export async function openWatcher(space: Space, known: readonly string[]): Promise<Watcher> {
  await space.nft(`
table inet watch {
  set known { type ipv4_addr; flags interval; elements = { ${['0.0.0.0', ...known].join(', ')} } }
  set strangers { type ipv4_addr; flags dynamic; size 64; }
  counter questions { }
  counter strays { }
  chain out {
    type filter hook output priority filter
    oifname lo accept
    meta l4proto { tcp, udp } th dport 53 counter name questions
    meta l4proto { tcp, udp } ip daddr != @known add @strangers { ip daddr } counter name strays
    meta l4proto { tcp, udp } ip6 daddr != { fe80::/10, ff02::/16 } counter name strays
  }
}`)
  const packets = async (name: string) => {
    const { nftables } = JSON.parse(await space.nft(`list counter inet watch ${name}`)) as {
      nftables: { counter?: { packets: number } }[]
    }
    return nftables.find(({ counter }) => counter !== undefined)!.counter!.packets
  }
  return {
    questions: () => packets('questions'),
    async strays() {
      const { nftables } = JSON.parse(await space.nft('list set inet watch strangers')) as {
        nftables: { set?: { elem?: string[] } }[]
      }
      return { packets: await packets('strays'), to: nftables.find(({ set }) => set !== undefined)?.set?.elem ?? [] }
    },
  }
}
