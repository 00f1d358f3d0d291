import { sdkVersion } from '@palabre/sdk'

/** The files of a plugin made for a story: `start` is the body of its start, with `scope` and what it needs at hand. */
export function plugin(id: string, start: string, manifest: object = {}, declares = ''): Record<string, unknown> {
  return {
    [`${id}/manifest.json`]: manifestOf(id, manifest),
    [`${id}/index.ts`]: `import { definePlugin, PalabreError, text, token, notifyHook } from '@palabre/sdk'
import { reply } from '@palabre/sdk/contract/command'
export const plugin = definePlugin({ ${declares} async start(needs, scope) {\n${start}\n} })\n`,
  }
}

export function manifestOf(id: string, more: object = {}): object {
  return {
    id,
    version: '1.0.0',
    engines: { palabre: `^${sdkVersion}` },
    title: { en: `The plugin ${id}`, fr: `Le plugin ${id}` },
    hosts: ['cli'],
    ...more,
  }
}

/** A command as a manifest describes it. */
export function command(id: string, properties: object = {}, more: object = {}): object {
  return { id, title: { en: id, fr: id }, args: { type: 'object', properties }, ...more }
}

/** The entries of plugins.json for plugins that stand beside the profile folder. */
export function from(...ids: string[]): Record<string, { from: string }> {
  return Object.fromEntries(ids.map((id) => [id, { from: `../${id}` }]))
}
