import { createKernel, readSettings, type CatalogEntry, type Kernel } from '@palabre/kernel'
import { definePlugin, sdkVersion, token } from '@palabre/sdk'
import type { SyntheticSet } from './synthetic-plugins.ts'

/** Milliseconds of each part of a start. */
export interface StartSplit {
  /** Tokens, plugins and manifests are made. */
  readonly describe: number
  /** plugins.json is read. */
  readonly settings: number
  /** Every manifest and every config is checked. */
  readonly check: number
  /** From the call of start to the first import. */
  readonly plan: number
  /** Imports, scopes, starts, services, until everything runs. */
  readonly start: number
}

export async function startOurs({ needs, order }: SyntheticSet): Promise<{ kernel: Kernel; split: StartSplit }> {
  let firstImport = 0
  const marks = [performance.now()]
  const mark = () => void marks.push(performance.now())

  const catalog = describe(needs, order, () => (firstImport ||= performance.now()))
  const json = JSON.stringify({ plugins: Object.fromEntries(order.map((i) => [nameOf(i), true])) })
  mark()
  const settings = readSettings([{ source: 'bench', json }])
  mark()
  const kernel = createKernel({ host: 'cli', catalog, settings })
  mark()
  await kernel.start()
  mark()

  mustRun(kernel, order.length)
  const [began, described, read, checked, running] = marks as [number, number, number, number, number]
  const split = {
    describe: described - began,
    settings: read - described,
    check: checked - read,
    plan: firstImport - checked,
    start: running - firstImport,
  }
  return { kernel, split }
}

export function nameOf(plugin: number): string {
  return `plugin-${plugin}`
}

function describe(needs: SyntheticSet['needs'], order: SyntheticSet['order'], onImport: () => void): CatalogEntry[] {
  const tokens = needs.map((_, i) => token<object>(`service-${i}`))
  return order.map((i) => {
    const plugin = definePlugin({
      needs: Object.fromEntries(needs[i]!.map((provider) => [nameOf(provider), tokens[provider]!])),
      provides: { service: tokens[i]! },
      start: () => ({ service: { i } }),
    })
    const manifest = {
      id: nameOf(i),
      version: '0.1.0',
      engines: { palabre: `^${sdkVersion}` },
      title: { en: `Plugin ${i}`, fr: `Plugin ${i}` },
      hosts: ['cli'],
      needs: needs[i]!.map((provider) => `service-${provider}@1`),
      provides: [`service-${i}@1`],
    }
    const load = async () => {
      onImport()
      return plugin
    }
    return { id: nameOf(i), source: 'bench', manifest, load }
  })
}

function mustRun({ plugins }: Kernel, size: number): void {
  const running = plugins.list().filter(({ state }) => state === 'running').length
  if (running !== size) throw new Error(`${running} of ${size} plugins run`)
}
