import type { SettingsChange } from '@palabre/kernel'
import { withValue } from './json-edit.ts'

/** The text of plugins.json with one change made, and everything else as it was. */
export function edited(json: string, { plugin, enabled, config }: SettingsChange, profile?: string): string {
  const mark = json.startsWith('\ufeff') ? '\ufeff' : ''
  let now = json.slice(mark.length)
  const file = JSON.parse(now) as PluginsFile
  const path = entryPath(file, plugin, profile)
  const before = path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], file)
  const isObject = typeof before === 'object' && before !== null

  if (enabled !== undefined) now = withValue(now, isObject ? [...path, 'enabled'] : path, enabled)
  else if (!isObject) now = withValue(now, path, { ...(before === undefined ? {} : { enabled: before }), config })
  else for (const [key, value] of Object.entries(config ?? {})) now = withValue(now, [...path, 'config', key], value)
  return mark + now
}

interface PluginsFile {
  readonly profiles?: Readonly<Record<string, { readonly plugins?: Readonly<Record<string, unknown>> }>>
}

/** Where the profile that runs speaks of the plugin, the change is made there: it has the last word. */
function entryPath(file: PluginsFile, plugin: string, profile: string | undefined): string[] {
  const overlay = profile === undefined ? undefined : file.profiles?.[profile]?.plugins
  const spoken = overlay !== undefined && Object.hasOwn(overlay, plugin)
  return spoken ? ['profiles', profile!, 'plugins', plugin] : ['plugins', plugin]
}
