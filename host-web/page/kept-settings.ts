import { readSettings, type Settings, type SettingsChange, type SettingsLayer } from '@palabre/kernel'
import { PalabreError, text } from '@palabre/sdk'
import { settingsKey } from './cannot-start.ts'
import type { Keep } from './keep.ts'

/** The plugins.json of this page: the shipped one, and over it what the person changed in this browser. */
export interface KeptSettings {
  read(): Settings
  /** Lays it under everything else. */
  under(layer: string): void
  remember(change: SettingsChange): Promise<void>
  /** Another tab changed them. */
  follow(changed: () => void): void
}

interface SettingsFile {
  readonly plugins?: Readonly<Record<string, boolean | Fields>>
}

interface Fields {
  readonly enabled?: boolean
  readonly config?: object
}

export function openKeptSettings(keep: Keep, shipped: readonly string[], known: ReadonlySet<string>): KeptSettings {
  const lowest: SettingsLayer[] = []
  return {
    under: (json) => void lowest.push({ source: 'first-contact.json', json }),
    read() {
      const own = keep.get(settingsKey)
      const layers = [...lowest, ...shipped.map((json) => ({ source: 'plugins.json', json }))]
      if (own !== undefined) layers.push({ source: 'plugins.json (localStorage)', json: own })
      const { plugins, bindings } = readSettings(layers)
      // What was switched once may be in the page no more since it was built anew.
      return { plugins: new Map([...plugins].filter(([id]) => known.has(id))), bindings }
    },
    async remember(change) {
      const file = JSON.parse(keep.get(settingsKey) ?? '{}') as SettingsFile
      try {
        keep.set(settingsKey, JSON.stringify(withChange(file, change)))
      } catch (error) {
        throw full(error)
      }
    },
    follow(changed) {
      addEventListener('storage', ({ key, storageArea }) => {
        if (key === settingsKey && storageArea === localStorage) changed()
      })
    },
  }
}

/** Exported for its tests. */
export function withChange({ plugins = {} }: SettingsFile, { plugin, enabled, config }: SettingsChange): SettingsFile {
  const before = plugins[plugin]
  const fields: Fields | undefined = typeof before === 'boolean' ? { enabled: before } : before
  const changed = {
    ...fields,
    ...(enabled === undefined ? {} : { enabled }),
    ...(config === undefined ? {} : { config: { ...fields?.config, ...config } }),
  }
  return { plugins: { ...plugins, [plugin]: changed } }
}

function full(cause: unknown): PalabreError {
  return new PalabreError(
    'storage-failed',
    text('this browser has no room left to remember this', 'ce navigateur n’a plus de place pour retenir cela'),
    {
      cause,
      todo: text('Free some space for this site, then try again.', 'Libérez de la place pour ce site, puis réessayez.'),
    },
  )
}
