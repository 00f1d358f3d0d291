/** What whoever serves this page says of relays, in a file beside it. */
interface FirstContact {
  readonly relays: readonly string[]
  readonly stun: readonly string[]
}

/**
 * As a plugins.json that is laid under all others: it counts only where nobody has said anything. Undefined when there is nothing to
 * say: offline, or on a server without a relay.
 */
export async function fetchFirstContact(): Promise<string | undefined> {
  try {
    const answer = await fetch('./first-contact.json', { cache: 'no-store' })
    const told = answer.ok ? readFirstContact(await answer.json()) : undefined
    return told === undefined || told.relays.length === 0 ? undefined : settingsOf(told)
  } catch {
    return undefined
  }
}

/** Exported for its tests. From outside: what is not as it should be is left out. */
export function readFirstContact(said: unknown): FirstContact {
  const { relays, stun } = (typeof said === 'object' && said !== null ? said : {}) as Readonly<Record<string, unknown>>
  return { relays: texts(relays, /^\/[!-~]{1,250}\/p2p\/[A-Za-z0-9]{1,128}$/, 8), stun: texts(stun, /^stuns?:[^/\s]{1,250}$/, 3) }
}

function texts(said: unknown, form: RegExp, most: number): string[] {
  const list: unknown[] = Array.isArray(said) ? said : []
  return list.filter((one): one is string => typeof one === 'string' && form.test(one)).slice(0, most)
}

function settingsOf({ relays, stun }: FirstContact): string {
  return JSON.stringify({ plugins: { 'transport-relay': { config: { relays } }, 'transport-webrtc': { config: { stun } } } })
}
