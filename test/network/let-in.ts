import type { BareNode } from './bare-node.ts'
import type { TestNode } from './nodes.ts'

/** How many of these connections, made one after the other and kept, are let in. */
export async function letIn(from: BareNode, to: TestNode, tries: number): Promise<number> {
  let count = 0
  for (let n = 0; n < tries; n++) {
    // Whoever is turned away is told so by the end of the connection, in the middle of its making.
    const made = await from.connect(to.network.addresses()[0]!).catch(() => undefined)
    if (made !== undefined) count++
  }
  return count
}
