import type { ByteStream } from '@palabre/sdk/contract/byte-stream'
import type { Network } from '@palabre/sdk/contract/network'

export const throughputProtocol = '/palabre/throughput/1'

/** More than this nobody takes from anybody. */
const most = 64 * 1024 * 1024
const piece = new Uint8Array(32 * 1024)

/** Takes what comes, keeps nothing of it, and tells how much it was. */
export async function swallow(stream: ByteStream): Promise<void> {
  let taken = 0
  for await (const bytes of stream.bytes) {
    taken += bytes.length
    if (taken > most) return stream.abort()
  }
  const answer = new Uint8Array(8)
  new DataView(answer.buffer).setBigUint64(0, BigInt(taken))
  await stream.write(answer)
  await stream.closeWrite()
}

/** Megabytes a second from here to there, counted when the other side has all of it. */
export async function throughput(network: Network, peer: string, megabytes: number, signal: AbortSignal): Promise<number> {
  const stream = await network.open(peer, throughputProtocol, { signal })
  const size = megabytes * 1024 * 1024
  const begun = performance.now()
  try {
    for (let sent = 0; sent < size; sent += piece.length) await stream.write(piece, { signal })
    await stream.closeWrite()
    let answer = new Uint8Array(0)
    for await (const bytes of stream.bytes) answer = Uint8Array.of(...answer, ...bytes.subarray(0, 8))
    const taken = answer.length === 8 ? Number(new DataView(answer.buffer).getBigUint64(0)) : 0
    if (taken !== size) throw new Error(`${taken} of ${size} bytes arrived`)
  } catch (error) {
    stream.abort()
    throw error
  }
  return megabytes / ((performance.now() - begun) / 1000)
}
