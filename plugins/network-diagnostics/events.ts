/** Whether our bytes pass through somebody else. */
export type Via = 'direct' | 'relay'

/** One line each. Programs read these names: they stay. */
export type NatTestEvent =
  | { readonly event: 'started'; readonly name: string; readonly mode: 'initiator' | 'responder' }
  | { readonly event: 'path_change'; readonly selected: Via; readonly rtt_ms: number }
  | { readonly event: 'ping'; readonly seq: number; readonly rtt_ms: number; readonly via: Via }
  | { readonly event: 'hole_punch'; readonly success: boolean; readonly time_to_direct_s: number | null }
  | {
      readonly event: 'summary'
      readonly direct_pings: number
      readonly relay_pings: number
      readonly direct_pct: number
      readonly avg_rtt_direct_ms: number | null
    }
