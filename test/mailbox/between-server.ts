import type { Manifest, Plugin } from '@palabre/sdk'
import type { ByteStream } from '@palabre/sdk/contract/byte-stream'
import type { Log } from '@palabre/sdk/contract/log'
import type { MailboxDesk } from '@palabre/sdk/contract/mailbox-desk'
import type { Network } from '@palabre/sdk/contract/network'
import type { QueueStore } from '@palabre/sdk/contract/queue-store'
import type { TestPlugin } from '@palabre/sdk/testkit'
import { join } from 'node:path'

/** All bytes that the mailbox's process read from and wrote to its users, under the hop's encryption. */
export interface Recorded {
  readonly read: Uint8Array[]
  readonly written: Uint8Array[]
}

export interface Between {
  /** Its network notes down what passes. */
  readonly recorded?: Recorded | undefined
  /** Its network gives it this in place of each stream. */
  readonly cut?: ((stream: ByteStream) => ByteStream) | undefined
  /** Its desk is given this in place of what it keeps its blocks in. */
  readonly bend?: ((store: QueueStore) => QueueStore) | undefined
}

/** The plugin as it stands in its folder, with something in between. */
export async function betweenServer({ recorded, cut, bend }: Between): Promise<TestPlugin> {
  const folder = join(import.meta.dirname, '../../plugins/mailbox-server')
  const { default: manifest } = (await import(`file://${folder}/manifest.json`, { with: { type: 'json' } })) as {
    default: Manifest
  }
  const { plugin } = (await import(`file://${folder}/index.ts`)) as { plugin: Plugin }
  const start: Plugin['start'] = (needs, scope) => {
    const network = needs['network'] as Network
    const desk = needs['desk'] as MailboxDesk
    return plugin.start(
      {
        ...needs,
        network: through(network, (stream) => noting(cut?.(stream) ?? stream, recorded)),
        ...(bend === undefined ? {} : { desk: { open: (store: QueueStore, log: Log) => desk.open(bend(store), log) } }),
      },
      scope,
    )
  }
  return { manifest, load: async () => ({ plugin: { ...plugin, start } }).plugin }
}

function through(network: Network, change: (stream: ByteStream) => ByteStream): Network {
  return new Proxy(network, {
    get(target, name) {
      if (name === 'protocol')
        return (protocol: string, handler: (stream: ByteStream) => void | Promise<void>) =>
          target.protocol(protocol, (stream) => handler(change(stream)))
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}

function noting(stream: ByteStream, recorded: Recorded | undefined): ByteStream {
  if (recorded === undefined) return stream
  return {
    peer: stream.peer,
    write(bytes, options) {
      recorded.written.push(bytes.slice())
      return stream.write(bytes, options)
    },
    bytes: (async function* () {
      for await (const bytes of stream.bytes) {
        recorded.read.push(bytes.slice())
        yield bytes
      }
    })(),
    closeWrite: () => stream.closeWrite(),
    abort: () => stream.abort(),
  }
}
