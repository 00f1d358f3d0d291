import { multiaddr, type Multiaddr } from '@multiformats/multiaddr'
import { ownAddress } from '@palabre/sdk/contract/own-address'
import type { SecretStream } from 'hyperdht'

/** To listen on; others dial what comes of it. */
export const anywhere = `/${ownAddress.name}/hyperdht`

/** Where a key of the table leads. */
export const addressOfKey = (key: Uint8Array): Multiaddr => multiaddr(`${anywhere}.${Buffer.from(key).toString('base64url')}`)

/** The same, with where that turned out to be in front. */
export function seenAt(address: Multiaddr, { remoteHost, remotePort }: SecretStream['rawStream']): Multiaddr {
  return remoteHost === undefined || remotePort === undefined
    ? address
    : multiaddr(`/ip4/${remoteHost}/udp/${remotePort}${address.toString()}`)
}

/** Undefined when the address is none of ours. */
export function keyOf(address: Multiaddr): Uint8Array | undefined {
  const said = address.getComponents().find(({ name }) => name === ownAddress.name)?.value ?? ''
  const [, text] = /^hyperdht\.([A-Za-z0-9_-]{43})$/.exec(said) ?? []
  return text === undefined ? undefined : Buffer.from(text, 'base64url')
}

export const isAnywhere = (address: Multiaddr): boolean => address.toString() === anywhere
