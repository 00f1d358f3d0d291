/** A plugin as a host found it. */
export interface CatalogEntry {
  /** Its folder's name or its key in plugins.json, which its manifest must repeat. */
  readonly id: string
  /** Shown to the person when something is wrong with it. */
  readonly source: string
  /** The parsed manifest.json, not yet checked; or the error that kept it from being read. */
  readonly manifest: unknown
  /** Imports its code and returns what it exports as `plugin`. */
  load(): Promise<unknown>
}
