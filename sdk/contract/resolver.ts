import { slot } from '../token.ts'
import type { Waiting } from './link.ts'

/**
 * Turns names into addresses. Every name look-up of every transport ends here, and the resolver of the operating system is never
 * asked: with no resolver on, names are not looked up at all.
 */
export interface Resolver {
  /** What logs call it: `doh`. Unique among resolvers. */
  readonly name: string
  /** The lower is asked first; the next one when it fails. */
  readonly rank: number
  /**
   * The addresses of a host, of one family or of both, in the order in which to try them; empty when the name exists and has none.
   * Fails with `peer-unknown` when there is no such name (nobody else is asked then), `unreachable`, `timed-out`, `cancelled`.
   */
  addresses(host: string, options?: LookUp): Promise<readonly HostAddress[]>
  /** The TXT records of a name, each put together from its pieces. Fails like `addresses`. */
  texts(name: string, options?: Waiting): Promise<readonly string[]>
}

export interface LookUp extends Waiting {
  readonly family?: 4 | 6 | undefined
}

export interface HostAddress {
  /** As text: `192.0.2.1`, `2001:db8::1`. */
  readonly address: string
  readonly family: 4 | 6
}

export const Resolver = slot<Resolver>('resolver')

/**
 * The resolvers that are on, as the network lends them to transports. Addresses and `localhost` are answered on the spot. Fails like
 * `Resolver`, and with `switched-off` when none is on.
 */
export type Names = Pick<Resolver, 'addresses' | 'texts'>

/** For the `lookup` option of sockets and HTTP clients: what would ask the operating system asks `names` instead. */
export function lookupBy(names: Names): NodeLookup {
  return (host, options, callback) => {
    const family =
      options.family === 4 || options.family === 'IPv4' ? 4 : options.family === 6 || options.family === 'IPv6' ? 6 : undefined
    names.addresses(host, { family }).then(
      (found) => {
        if (found.length === 0) callback(Object.assign(new Error(`${host} has no address`), { code: 'ENOTFOUND' }), [])
        else if (options.all === true)
          callback(
            null,
            found.map(({ address, family }) => ({ address, family })),
          )
        else callback(null, found[0]!.address, found[0]!.family)
      },
      (error: Error) => callback(error, []),
    )
  }
}

/** The shape of `dns.lookup` of Node. */
export type NodeLookup = (
  host: string,
  options: { readonly family?: number | 'IPv4' | 'IPv6' | undefined; readonly all?: boolean | undefined },
  callback: (error: Error | null, found: string | { address: string; family: number }[], family?: number) => void,
) => void
