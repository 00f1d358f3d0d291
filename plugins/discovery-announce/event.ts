import { multiaddr, type Multiaddr } from '@multiformats/multiaddr'
import { limits } from './limits.ts'

/** `u8 asks | u32 seconds since 1970 | { u8 length | address } …`, addresses in their binary form. Peer and signature are the gossip's own. */
export interface PresenceEvent {
  /** Milliseconds since 1970, in whole seconds. */
  readonly time: number
  /** Whether it has just come and wants to hear who is there. */
  readonly asks: boolean
  readonly addresses: readonly string[]
}

/** Version and purpose of the events stand in the topic's name. */
export const topic = '/palabre/presence/1'

const mostBytes = limits.event - limits.envelope - topic.length

/** As many of the addresses as there is room for, the first ones first. */
export function encodeEvent({ time, asks }: Omit<PresenceEvent, 'addresses'>, addresses: readonly Multiaddr[]): Uint8Array {
  const bytes = new Uint8Array(mostBytes)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, asks ? 1 : 0)
  view.setUint32(1, Math.floor(time / 1000))
  let end = 5
  for (const { bytes: address } of addresses) {
    if (address.length > 255 || end + 1 + address.length > mostBytes) continue
    bytes[end] = address.length
    bytes.set(address, end + 1)
    end += 1 + address.length
  }
  return bytes.subarray(0, end)
}

/** `undefined` for anything that is not exactly an event, be it one byte too long. */
export function decodeEvent(bytes: Uint8Array): PresenceEvent | undefined {
  if (bytes.length < 6 || bytes[0]! > 1 || bytes.length > mostBytes) return undefined
  const time = new DataView(bytes.buffer, bytes.byteOffset).getUint32(1) * 1000
  const addresses: string[] = []
  for (let at = 5; at < bytes.length;) {
    const end = at + 1 + bytes[at]!
    if (bytes[at] === 0 || end > bytes.length) return undefined
    const address = readAddress(bytes.subarray(at + 1, end))
    if (address === undefined) return undefined
    addresses.push(address)
    at = end
  }
  return { time, asks: bytes[0] === 1, addresses }
}

/** An address and nothing else: it leads somewhere, ends in no peer, and has one way of being written. */
function readAddress(bytes: Uint8Array): string | undefined {
  try {
    const address = multiaddr(bytes)
    const parts = address.getComponents()
    if (isPlaceOnly(parts) || parts.at(-1)?.name === 'p2p') return undefined
    const text = address.toString()
    return multiaddr(text).equals(multiaddr(bytes.slice())) ? text : undefined
  } catch {
    return undefined
  }
}

/** A machine without a way to speak to it. */
const isPlaceOnly = (parts: readonly { readonly name: string }[]): boolean =>
  parts.length === 0 || (parts.length === 1 && /^(ip|dns)/.test(parts[0]!.name))
