// A node in a process of its own, so that what others do to it can be weighed. Talks with its parent by messages.
import { openNode } from './nodes.ts'

/** In bytes. */
export interface Weight {
  readonly rss: number
  readonly heapUsed: number
  readonly arrayBuffers: number
}

const [, , config = '{}', ...plugins] = process.argv
const node = await openNode({ config: JSON.parse(config) as Record<string, object>, plugins })
process.on('message', (wish) => {
  if (wish === 'weigh') {
    gc!()
    const { rss, heapUsed, arrayBuffers } = process.memoryUsage()
    process.send!({ weight: { rss, heapUsed, arrayBuffers } })
  }
  if (wish === 'links') process.send!({ links: node.network.links().map(({ peer }) => peer) })
  if (wish === 'stop') void node[Symbol.asyncDispose]().then(() => process.exit())
})
process.on('disconnect', () => process.exit())
process.send!({ addresses: node.network.addresses() })
