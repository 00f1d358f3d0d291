import { hookLabel } from '../hook.ts'
import type { Manifest } from '../manifest.ts'
import type { Plugin } from '../plugin.ts'
import { labelOf } from '../token.ts'
import { sdkVersion } from '../version.ts'

/** A plugin written inside a test: its manifest follows from its code. */
export interface TestPlugin {
  readonly manifest: Manifest
  readonly load: () => Promise<unknown>
}

export function testPlugin(id: string, plugin: Plugin, manifest: Partial<Manifest> = {}): TestPlugin {
  const wanted = Object.values(plugin.needs)
  return {
    manifest: {
      id,
      version: '0.1.0',
      engines: { palabre: `^${sdkVersion}` },
      title: { en: id, fr: id },
      hosts: ['cli', 'desktop', 'web'],
      needs: wanted.filter((need) => need.kind !== 'optional').map(labelOf),
      optional: wanted.filter((need) => need.kind === 'optional').map((need) => labelOf(need.token)),
      provides: [...Object.values(plugin.provides), ...plugin.contributes].map(labelOf),
      hooks: { taps: plugin.taps.map(hookLabel), calls: plugin.calls.map(hookLabel) },
      commands: [],
      permissions: {},
      config: { type: 'object' },
      sees: [],
      ...manifest,
    },
    load: async () => plugin,
  }
}
