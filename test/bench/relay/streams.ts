import { definePlugin } from '@palabre/sdk'
import type { ByteStream } from '@palabre/sdk/contract/byte-stream'
import { mailboxWire } from '@palabre/sdk/contract/mailbox-wire'
import { Network } from '@palabre/sdk/contract/network'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { readRelayLink } from '@palabre/sdk/contract/relay-link'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { join } from 'node:path'

/** A stream to a mailbox, however it runs. */
export interface OpenStream {
  readonly stream: ByteStream
  readonly primitives: Primitives
  stop(): Promise<void>
}

const folderOf = (id: string) => join(import.meta.dirname, '../../../plugins', id)

/** To a mailbox elsewhere, over the real network. */
export async function streamTo(link: string): Promise<OpenStream> {
  const plugins = ['clock-system', 'primitives-node', 'overlay-memory-none', 'network-libp2p', 'transport-tcp', 'channel-noise']
  const host = await startTestHost({
    plugins: plugins.map(folderOf),
    config: { 'transport-tcp': { listen: [] } },
    lend: { network: Network, primitives: Primitives },
    besideOthers: true,
  })
  const { network, primitives } = host.lent
  await network.ready()
  const { peer, addresses } = readRelayLink(link)!
  await network.dial(addresses.map((address) => `${address}/p2p/${peer}`))
  return { stream: await network.open(peer, mailboxWire.protocol), primitives, stop: () => host.stop() }
}

/** To a mailbox of this process, whose streams are in memory: what is left is its own work. */
export async function openMemoryBox(folder: string): Promise<OpenStream> {
  let serve: ((stream: ByteStream) => unknown) | undefined
  const network = {
    protocol(_name: string, handler: (stream: ByteStream) => unknown) {
      serve = handler
      return { [Symbol.dispose]: () => undefined }
    },
  } as unknown as Network
  const around = definePlugin({
    provides: { network: Network, folder: ProfileFolder },
    start: () => ({ network, folder: { file: (name: string) => join(folder, name) } }),
  })
  const host = await startTestHost({
    plugins: [...['clock-system', 'primitives-node', 'mailbox-desk', 'mailbox-server'].map(folderOf), testPlugin('around', around)],
    lend: { primitives: Primitives },
    besideOthers: true,
  })
  const [mine, theirs] = streamPair()
  serve?.(theirs)
  return { stream: mine, primitives: host.lent.primitives, stop: () => host.stop() }
}

function streamPair(): [ByteStream, ByteStream] {
  const [there, back] = [pipe(), pipe()]
  const end = (read: Pipe, write: Pipe): ByteStream => ({
    peer: 'here',
    write: async (bytes) => write.put(bytes),
    bytes: read.bytes,
    closeWrite: async () => write.end(),
    abort: () => (read.end(), write.end()),
  })
  return [end(back, there), end(there, back)]
}

type Pipe = ReturnType<typeof pipe>

function pipe() {
  let waiting: Uint8Array[] = []
  let isOver = false
  let wake = () => {}
  return {
    put(bytes: Uint8Array) {
      waiting.push(bytes)
      wake()
    },
    end() {
      isOver = true
      wake()
    },
    bytes: (async function* () {
      while (true) {
        const some = waiting
        waiting = []
        yield* some
        if (waiting.length > 0) continue
        if (isOver) return
        await new Promise<void>((resolve) => (wake = resolve))
      }
    })(),
  }
}
