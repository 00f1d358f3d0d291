import type { StreamMuxerFactory } from '@libp2p/interface'

/** What the ecosystem's transport reads from, in native code. */
interface NativeStream {
  /** Resolves to what there is, so many bytes at most; null at the end. */
  read(most: number): Promise<Uint8Array | null>
}

interface NativeConnection {
  inboundStream(): Promise<NativeStream>
  outboundStream(): Promise<NativeStream>
}

/** A read that waits holds room for all that it asks for, so a stream at rest asks for little. */
const sizes = { least: 4 * 1024, most: 256 * 1024 }

/**
 * Each read goes to another thread and back, which takes longer than to copy what it brings: the ecosystem's 4 KiB at a time make bulk
 * more than twice as slow. The streams of this factory ask for more as long as there is more. All of them come from these two.
 */
export function readingWide(factory: StreamMuxerFactory): void {
  const { connection } = (factory as unknown as { readonly init: { readonly connection: NativeConnection } }).init
  const inbound = connection.inboundStream.bind(connection)
  const outbound = connection.outboundStream.bind(connection)
  connection.inboundStream = async () => widened(await inbound())
  connection.outboundStream = async () => widened(await outbound())
}

/** Whatever it is asked for, it reads as much as was there lately. */
export function widened<S extends NativeStream>(stream: S): S {
  const read = stream.read.bind(stream)
  let size = sizes.least
  stream.read = async () => {
    const bytes = await read(size)
    size = bytes?.length === size ? Math.min(4 * size, sizes.most) : Math.max(size / 4, sizes.least)
    return bytes
  }
  return stream
}
