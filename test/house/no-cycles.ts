import { posix } from 'node:path'
import { eachImport, type Step } from './each-import.ts'
import type { House } from './house.ts'
import { filesOf } from './resolve-import.ts'
import type { Violation } from './violation.ts'

type Edge = { readonly to: string; readonly line: number }

/** No file leads back to itself, through types or rooms included: each can then be read, moved and tested with what it stands on. */
export function noCycles(house: House): Violation[] {
  const edges = edgesBetweenFiles(eachImport(house))
  const told = new Set<string>()
  return [...edges.keys()].flatMap((start) => {
    const path = told.has(start) ? undefined : wayBack(edges, start)
    if (!path) return []
    for (const file of path) told.add(file)
    const says = `is part of a cycle: ${[...path, start].join(' → ')}. Move what two of them share to a file of its own.`
    return [{ path: start, line: edges.get(start)!.find((edge) => edge.to === (path[1] ?? start))!.line, says }]
  })
}

function edgesBetweenFiles(steps: readonly Step[]): Map<string, Edge[]> {
  const edges = new Map<string, Edge[]>()
  for (const {
    from,
    import: { line },
    target,
  } of steps) {
    const reached = filesOf(target).map((file) => ({ to: posix.normalize(file), line }))
    edges.set(from.path, [...(edges.get(from.path) ?? []), ...reached])
  }
  return edges
}

/** The shortest way from a file back to itself, without the return. */
function wayBack(edges: ReadonlyMap<string, readonly Edge[]>, start: string): string[] | undefined {
  const cameFrom = new Map<string, string>()
  const queue = [start]
  for (const file of queue) {
    for (const { to } of edges.get(file) ?? []) {
      if (to === start) return traceBack(cameFrom, start, file)
      if (cameFrom.has(to)) continue
      cameFrom.set(to, file)
      queue.push(to)
    }
  }
  return undefined
}

function traceBack(cameFrom: ReadonlyMap<string, string>, start: string, last: string): string[] {
  const path = [last]
  while (path[0] !== start) path.unshift(cameFrom.get(path[0]!)!)
  return path
}
