import type { CommandSpec } from './contract/command.ts'
import type { JsonSchema } from './json-schema.ts'
import type { Text } from './text.ts'

/** `manifest.json`: everything the kernel and a person must know of a plugin before any of its code runs. */
export interface Manifest {
  /** Folder, package and manifest share it: `transport-tcp`. */
  readonly id: string
  readonly version: string
  /** The sdk it was written for, as a caret range: `{ "palabre": "^0.1.0" }`. */
  readonly engines: { readonly palabre: string }
  readonly title: Text
  readonly hosts: readonly HostKind[]
  /** Tokens (`clock@1`) without which it does not start, and slots (`transport@1[]`) it looks at. */
  readonly needs: readonly string[]
  /** Tokens it uses when somebody provides them. */
  readonly optional: readonly string[]
  readonly provides: readonly string[]
  readonly hooks: { readonly taps: readonly string[]; readonly calls: readonly string[] }
  readonly commands: readonly CommandSpec[]
  /** What it asks for beyond its tokens, each with the reason a person reads. */
  readonly permissions: Readonly<Record<string, Text>>
  /** JSON Schema of its settings, with defaults. */
  readonly config: JsonSchema
  /** What somebody who controlled this plugin, or its far end, could learn. */
  readonly sees: readonly Sight[]
}

export type HostKind = 'cli' | 'desktop' | 'web'
export type Sight = 'ip' | 'timing' | 'sizes' | 'contacts' | 'ciphertext' | 'plaintext' | 'keys'
