/** What `palabre net nat-test --json` promises to programs, as far as the lab reads it. */
export type NatTestEvent =
  | { readonly event: 'started' | 'path_change' | 'ping' | 'summary' }
  | { readonly event: 'hole_punch'; readonly success: boolean; readonly time_to_direct_s: number | null }
