import { definePlugin } from '@palabre/sdk'
import { Discovery, foundAt } from '@palabre/sdk/contract/discovery'
import { testPlugin, type TestPlugin } from '@palabre/sdk/testkit'
import { openNode, type Road, type TestNode } from './nodes.ts'

/** Many nodes that learn of each other, in one process. */
export interface Crowd extends AsyncDisposable {
  readonly nodes: readonly TestNode[]
}

/** How a newcomer learns of the others; given everybody's addresses at the time. */
export type Rumour = (everybody: () => readonly string[]) => TestPlugin

/** Each is told of all who are there, and hears of all who come later. */
export const toldOfAll: Rumour = (everybody) => {
  const discovery: Discovery = {
    name: 'rumour',
    async *find({ self, signal }) {
      const told = new Set<string>()
      while (!signal.aborted) {
        for (const address of everybody()) {
          if (told.has(address) || address.endsWith(self)) continue
          told.add(address)
          const found = foundAt(address)
          if (found !== undefined) yield found
        }
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, 50)
          signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
        })
      }
    },
  }
  return testPlugin('discovery-rumour', definePlugin({ provides: { discovery: Discovery }, start: () => ({ discovery }) }))
}

export async function openCrowd(size: number, road: Road, rumour: Rumour): Promise<Crowd> {
  const addresses: string[] = []
  const nodes: TestNode[] = []
  for (let i = 0; i < size; i++) {
    const node = await openNode({ roads: [road], plugins: [rumour(() => addresses)] })
    nodes.push(node)
    addresses.push(...node.network.addresses())
  }
  return {
    nodes,
    async [Symbol.asyncDispose]() {
      await Promise.all(nodes.map((node) => node[Symbol.asyncDispose]()))
    },
  }
}
