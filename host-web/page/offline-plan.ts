/** What the service worker keeps, so that the page starts without a network. */
export interface OfflinePlan {
  /** Changes with any file, and with the headers that are kept with them. */
  readonly version: string
  readonly files: readonly HeldFile[]
}

interface HeldFile {
  /** Relative to the page: `./`, `./assets/…`. */
  readonly path: string
  /** As in `fetch`: `sha256-…`. */
  readonly integrity: string
}
