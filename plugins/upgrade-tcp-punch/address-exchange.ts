import type { Stream } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'

/** One byte of length, then a multiaddr: `/ip4/192.0.2.1/tcp/4001` and nothing more. An IPv6 one takes 20. */
const longest = 32

export async function writeAddress(stream: Stream, address: string, signal: AbortSignal): Promise<void> {
  const { bytes } = multiaddr(address)
  if (!stream.send(Uint8Array.of(bytes.length, ...bytes))) await stream.onDrain({ signal })
}

/** Throws for whatever is no address that one may knock at. */
export async function readAddress(stream: Stream, signal: AbortSignal): Promise<string> {
  const bytes: number[] = []
  const quit = () => stream.abort(signal.reason as Error)
  signal.throwIfAborted()
  signal.addEventListener('abort', quit, { once: true })
  try {
    for await (const chunk of stream) {
      bytes.push(...chunk.subarray(0, Math.min(chunk.byteLength, longest + 1 - bytes.length)))
      if (bytes[0] === 0 || bytes[0]! > longest) break
      if (bytes.length > bytes[0]!) return addressOf(Uint8Array.from(bytes.slice(1, 1 + bytes[0]!)))
    }
  } finally {
    signal.removeEventListener('abort', quit)
  }
  throw new Error('the other side told no address')
}

/** Ports of services are nobody's outgoing ones, and this machine's own address, however it is written, is nobody else's. */
export function addressOf(bytes: Uint8Array): string {
  const address = multiaddr(bytes).toString()
  const parts = /^\/ip[46]\/([^/]+)\/tcp\/(\d+)$/.exec(address)
  if (parts === null || Number(parts[2]) < 1024 || /^(?:127\.|0\.|22[4-9]\.|23\d\.|::|ff)/i.test(parts[1]!)) {
    throw new Error('the other side told an address that cannot be its own')
  }
  return address
}
