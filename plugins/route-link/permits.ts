import type { PathKind } from '@palabre/sdk/contract/link'
import type { RoutePolicy } from '@palabre/sdk/contract/route'

/** Whether what is said may go by a link of this kind. */
export function permits(policy: RoutePolicy, kind: PathKind): boolean {
  const isBetween = kind === 'relayed' || kind === 'tor'
  return policy === 'direct-allowed' || isBetween === (policy === 'relayed-only')
}
