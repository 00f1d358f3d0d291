import { join, sep } from 'node:path'
import { projectRoot } from '@palabre/host-cli/node-host'
import { build, type Rolldown } from 'vite'
import { catalogModule } from './catalog-module.ts'
import type { PagePlugin, PagePlugins } from './page-plugins.ts'
import { firstContactFile, nobodyYet } from './tell-relay.ts'
import { webManifest } from './web-manifest.ts'

export interface Bundled {
  /** Files written, relative to the folder. */
  readonly files: readonly string[]
  /** Files read, with their full paths. */
  readonly inputs: readonly string[]
}

/** Bundles the page with these plugins into a folder. */
export async function bundlePage(chosen: PagePlugins, outDir: string): Promise<Bundled> {
  const inputs = new Set<string>()
  const result = (await build({
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'silent',
    root: join(import.meta.dirname, 'page'),
    // Relative, so that the folder can lie anywhere on any server.
    base: './',
    plugins: [catalogModule(chosen), besideThePage(), webManifest(chosen.standsAlone), noteInputs(inputs)],
    resolve: {
      // A plugin from elsewhere meets our copy: two of Lit would quarrel over their Trusted Types policy.
      dedupe: ['lit', 'lit-html', 'lit-element', '@lit/reactive-element'],
    },
    build: {
      outDir,
      emptyOutDir: true,
      // The security policy allows no data: fonts or scripts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rolldownOptions: {
        output: {
          entryFileNames: 'assets/[name].[hash].js',
          chunkFileNames: (chunk) => chunkName(chunk.moduleIds, chosen.plugins),
          assetFileNames: 'assets/[name].[hash][extname]',
          codeSplitting: { groups },
        },
      },
    },
  })) as Rolldown.RolldownOutput
  return { files: result.output.map(({ fileName }) => fileName).toSorted(), inputs: [...inputs].toSorted() }
}

/** What every page needs, apart from what changes with each edit; and what several views would otherwise carry each. */
const groups = [
  {
    name: 'kernel',
    test: roomOrVendor(['kernel', 'sdk'], ['inversify', '@inversifyjs', 'tapable', '@cfworker', 'reflect-metadata']),
  },
  { name: 'lit', test: roomOrVendor([], ['lit', 'lit-html', 'lit-element', '@lit']) },
]

function roomOrVendor(rooms: readonly string[], vendors: readonly string[]): (id: string) => boolean {
  const folders = [
    ...rooms.map((room) => join(projectRoot, room)),
    ...vendors.map((vendor) => join(projectRoot, 'node_modules', vendor)),
  ]
  return (id) => folders.some((folder) => id.startsWith(folder + sep))
}

/** The name tells whose code it is: stray errors are attributed by it. */
function chunkName(modules: readonly string[], plugins: readonly PagePlugin[]): string {
  const owner = plugins.find(({ folder }) => modules.some((id) => id.startsWith(folder + sep)))
  return owner === undefined ? 'assets/[name].[hash].js' : `assets/plugin/${owner.id}.[hash].js`
}

/** Nobody's relay, until whoever serves the page says otherwise. */
function besideThePage() {
  return {
    name: 'palabre-beside',
    generateBundle(this: Rolldown.PluginContext) {
      this.emitFile({ type: 'asset', fileName: firstContactFile, source: JSON.stringify(nobodyYet) })
    },
  }
}

function noteInputs(inputs: Set<string>) {
  return {
    name: 'palabre-inputs',
    generateBundle(this: Rolldown.PluginContext) {
      for (const id of this.getModuleIds()) {
        const file = id.replace(/\?.*$/s, '')
        if (!file.startsWith('\0')) inputs.add(file)
      }
    },
  }
}
