import type { Kernel } from '@palabre/kernel'
import type { Manifest } from '@palabre/sdk'

/** What a command makes start, and whether the profile must be held for that. */
export interface Demand {
  /** Who brings the command. */
  readonly owners: readonly string[]
  readonly only: readonly string[]
  readonly holds: boolean
  /** It looks at the whole kernel, so that one which is up has more to show. */
  readonly looks: boolean
}

/** Contracts whose state in the profile folder bears one process at a time. */
const heldAlone = new Set(['vault', 'store', 'network'])

export function demandOf(kernel: Kernel, command: string, args: object): Demand {
  const owners = kernel.commands.list().flatMap(({ id, plugin }) => (id === command ? [plugin] : []))
  const looks = kernel.closure(owners).some(({ id, needs }) => owners.includes(id) && needs.includes('plugins@1'))
  if (!looks) return { owners, only: owners, holds: mustHold(kernel.closure(owners)), looks }
  const { plugin } = args as { plugin?: unknown }
  const switched = command === 'plugins.enable' && typeof plugin === 'string' ? [plugin] : []
  return { owners, only: [...owners, ...withoutHold(kernel)], holds: mustHold(kernel.closure(switched)), looks }
}

/** Everything that starts without holding the profile. */
export function withoutHold(kernel: Kernel): string[] {
  return kernel.plugins.list().flatMap(({ id }) => (mustHold(kernel.closure([id])) ? [] : [id]))
}

function mustHold(manifests: readonly Manifest[]): boolean {
  return manifests.some(({ provides }) => provides.some((label) => heldAlone.has(label.split('@')[0]!)))
}
