import type { Globals } from './globals.ts'
import { untilInterrupted } from './interrupt.ts'
import { openNodeHost, type NodeHost } from './node-host.ts'
import { openClaim, type Claim } from './profile-claim.ts'

export interface Place {
  readonly host: NodeHost
  readonly claim: Claim
  readonly interrupted: AbortSignal
}

/** Opens a host that has not started yet, lets it be used, and stops it, come what may. Throws `Interrupted` without waiting for what was going on. */
export async function withHost(
  globals: Globals,
  use: (place: Place) => Promise<void>,
  onHangUp?: (host: NodeHost) => void,
): Promise<void> {
  using interrupt = untilInterrupted(onHangUp === undefined ? undefined : () => onHangUp(host))
  const { profileDir, plugins, profile, language } = globals
  const host = openNodeHost({ host: 'cli', profileDir, pluginsFile: plugins, profile, language })
  const claim = openClaim(profileDir, { host: 'cli', plugins: plugins ?? null, profile: profile ?? null })
  try {
    await Promise.race([use({ host, claim, interrupted: interrupt.signal }), interrupt.happened])
  } finally {
    // First those who run something here are told, and nobody else comes in before everything is down.
    await claim.close()
    await host.stop()
    claim.release()
  }
}
