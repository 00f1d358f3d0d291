import { visitorKeys, type Program } from 'oxc-parser'

/** A syntax node as the rules read it: the kind, the place, and members to look into. */
export interface Node {
  readonly type: string
  readonly start: number
  readonly [member: string]: unknown
}

export interface Seat {
  readonly parent: Node
  /** The member of the parent in which the node stands: `key`, `params`, `expression`. */
  readonly member: string
}

/** Every node below the program, each with where it stands. For rules to which the surroundings matter; others take `visit`. */
export function walk(program: Program, see: (node: Node, seat: Seat) => void): void {
  descend(program as unknown as Node, see)
}

function descend(parent: Node, see: (node: Node, seat: Seat) => void): void {
  for (const member of visitorKeys[parent.type] ?? []) {
    for (const node of [parent[member]].flat()) {
      if (!isNode(node)) continue
      see(node, { parent, member })
      descend(node, see)
    }
  }
}

export const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value
