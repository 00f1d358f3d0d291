import type { CatalogEntry } from '@palabre/kernel'

/** Empty here: the build writes this file anew from plugins.json, with one dynamic import for each plugin that is on. */
export const catalog: readonly CatalogEntry[] = []

/** The part of plugins.json that speaks of these plugins. */
export const shipped = '{}'

/** Whether the kernel lives in this page, so that it is of use without its server. */
export const standsAlone: boolean = true
