// A node in a process of its own, so that what others do to it can be weighed. Talks with its parent by messages.
import { openNode } from './nodes.ts'

const node = await openNode({ config: JSON.parse(process.argv[2] ?? '{}') as Record<string, object> })
process.on('message', (wish) => {
  if (wish === 'weigh') {
    gc!()
    const { rss, heapUsed, arrayBuffers } = process.memoryUsage()
    process.send!({ weight: { rss, heapUsed, arrayBuffers } })
  }
  if (wish === 'stop') void node[Symbol.asyncDispose]().then(() => process.exit())
})
process.on('disconnect', () => process.exit())
process.send!({ addresses: node.network.addresses() })
