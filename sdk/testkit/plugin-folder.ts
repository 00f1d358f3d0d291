import type { Manifest } from '../manifest.ts'
import type { TestPlugin } from './test-plugin.ts'

/** The plugin of a folder, as a host would find it. */
export async function pluginFolder(folder: string): Promise<TestPlugin> {
  const here = folder.startsWith('file:') ? folder : `file://${folder}`
  const base = here.endsWith('/') ? here : `${here}/`
  const { default: manifest } = (await import(`${base}manifest.json`, { with: { type: 'json' } })) as { default: Manifest }
  return {
    manifest,
    load: async () => ((await import(`${base}index.ts`)) as { plugin: unknown }).plugin,
  }
}
