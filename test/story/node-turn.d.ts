declare module 'node-turn' {
  import type { Socket } from 'node:dgram'

  export default class Turn {
    constructor(options: {
      listeningIps: readonly string[]
      relayIps: readonly string[]
      authMech: 'long-term'
      realm: string
      credentials: Readonly<Record<string, string>>
      minPort: number
      maxPort: number
      debugLevel: 'OFF'
    })
    /** On port 3478. */
    start(): void
    readonly network: { readonly sockets: readonly Socket[] }
    /** By who asked, and where: `UDP://ADDRESS:PORT>ADDRESS:PORT`. */
    readonly allocations: Readonly<Record<string, Allocation | undefined>>
  }

  interface Allocation {
    readonly sockets: readonly Socket[]
    readonly channelBindings: Readonly<Record<number, { readonly address: string; readonly port: number } | undefined>>
  }
}
