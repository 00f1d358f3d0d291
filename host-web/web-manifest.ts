import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HtmlTagDescriptor, Rolldown } from 'vite'

export const manifestFile = 'palabre.webmanifest'

const icons = [
  { name: 'icon-192.png', sizes: '192x192', purpose: 'any' },
  { name: 'icon-512.png', sizes: '512x512', purpose: 'any' },
  { name: 'icon-maskable-512.png', sizes: '512x512', purpose: 'maskable' },
] as const

/** Lets a browser install the page as an application. A face of a kernel elsewhere is not installed: its address changes. */
export function webManifest(standsAlone: boolean) {
  return {
    name: 'palabre-manifest',
    generateBundle(this: Rolldown.PluginContext) {
      if (!standsAlone) return
      const made = icons.map(({ name, sizes, purpose }) => {
        const source = readFileSync(join(import.meta.dirname, 'page', 'icons', name))
        const reference = this.emitFile({ type: 'asset', name, source })
        return { src: `./${this.getFileName(reference)}`, sizes, purpose, type: 'image/png' }
      })
      this.emitFile({ type: 'asset', fileName: manifestFile, source: JSON.stringify({ ...manifest, icons: made }) })
    },
    transformIndexHtml: (): HtmlTagDescriptor[] =>
      standsAlone ? [{ tag: 'link', attrs: { rel: 'manifest', href: `./${manifestFile}` }, injectTo: 'head' }] : [],
  }
}

const manifest = {
  name: 'Palabre',
  short_name: 'Palabre',
  description: 'Private conversation without a centre · La conversation privée, sans centre',
  id: './',
  start_url: './',
  scope: './',
  display: 'standalone',
  background_color: '#0f130f',
  theme_color: '#0f130f',
}
