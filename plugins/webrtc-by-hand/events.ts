import type { IceCandidate } from '@palabre/sdk/contract/ice'

/** One line each. */
export type ByHandEvent =
  | { readonly event: 'written' | 'read'; readonly what: 'offer' | 'answer'; readonly file: string }
  | { readonly event: 'waiting'; readonly file: string }
  | { readonly event: 'open'; readonly local: IceCandidate | null; readonly remote: IceCandidate | null }
  | { readonly event: 'ping'; readonly seq: number; readonly rtt_ms: number }
