import { fromBase64Url, toBase64Url } from '@palabre/sdk'

/**
 * Where to meet somebody, in the form of other addresses: a place, and below it the secret under which they wait for the one whom this
 * address was told. What follows is for the transport that agrees there.
 */
export interface MeetingAddress {
  readonly place: string
  readonly secret: Uint8Array
}

const mark = 'palabre-meet.'
const secretLength = 32

export function meetingAddress({ place, secret }: MeetingAddress): string {
  return `${place}/http-path/${mark}${toBase64Url(secret)}`
}

/** From outside; with or without a peer id at its end. Undefined for any other address. */
export function readMeetingAddress(address: string): MeetingAddress | undefined {
  const parts = /^(\/.+)\/http-path\/palabre-meet\.([A-Za-z0-9_-]{43})(?:\/p2p\/[A-Za-z0-9]+)?$/.exec(address)
  const secret = fromBase64Url(parts?.[2] ?? '')
  return parts === null || secret?.length !== secretLength ? undefined : { place: parts[1]!, secret }
}
