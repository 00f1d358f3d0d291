import { utf8 } from '@palabre/sdk'
import type { OverlayMemory } from '@palabre/sdk/contract/overlay-memory'

/**
 * Whoever listens on port 0 takes any; the next run tries the same one again, so that addresses that were given out go on being true.
 */
export interface KeptPorts {
  /** The address with the port of last time; undefined when there is none or the address names one itself. */
  before(transport: string, address: string): string | undefined
  /** What the listener got. */
  keep(transport: string, address: string, got: readonly string[]): Promise<void>
  /** A new id on the old ports would be known for the old one. */
  forget(): Promise<void>
}

const anyPort = /\/(tcp|udp)\/0(?=\/|$)/

export async function openKeptPorts(memory: OverlayMemory): Promise<KeptPorts> {
  const ports = readPorts(await memory.read('ports'))
  const write = () => memory.write('ports', utf8.encode(JSON.stringify(Object.fromEntries(ports))))

  return {
    async forget() {
      ports.clear()
      await write()
    },
    before(transport, address) {
      const port = anyPort.test(address) ? ports.get(`${transport} ${address}`) : undefined
      return port === undefined ? undefined : address.replace(anyPort, `/$1/${port}`)
    },
    async keep(transport, address, got) {
      const [, kind] = anyPort.exec(address) ?? []
      if (kind === undefined) return
      const port = got.map((one) => Number(new RegExp(`/${kind}/(\\d+)`).exec(one)?.[1])).find((one) => one > 0)
      const name = `${transport} ${address}`
      if (port === undefined || ports.get(name) === port) return
      ports.set(name, port)
      await write()
    },
  }
}

function readPorts(kept: Uint8Array | undefined): Map<string, number> {
  const said: unknown = kept === undefined ? {} : JSON.parse(utf8.decode(kept) ?? '{}')
  const entries = Object.entries(said as Record<string, unknown>)
  return new Map(entries.filter((entry): entry is [string, number] => Number.isSafeInteger(entry[1])))
}
