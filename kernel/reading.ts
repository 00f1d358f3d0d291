/** What a host needs to read plugins.json and manifests without loading the rest of the kernel. */
export { readJson } from './json-reader.ts'
export { readManifest } from './manifest.ts'
export { nearest } from './near.ts'
export { readSettings, type Settings, type SettingsLayer } from './settings.ts'
export type { CatalogEntry } from './catalog.ts'
