import { createKernel, readSettings, type Kernel } from '@palabre/kernel'
import type { TestPlugin } from '@palabre/sdk/testkit'

/** A real kernel, in real time, in which these plugins run. */
export async function startKernel(plugins: readonly TestPlugin[]): Promise<Kernel> {
  const kernel = createKernel({ host: 'cli', catalog: catalogOf(plugins), settings: settingsOf(plugins) })
  await kernel.start()
  const idle = kernel.plugins.list().find(({ state }) => state !== 'running')
  if (idle !== undefined) throw new Error(`${idle.id} is ${idle.state}: ${idle.reason?.en}`)
  return kernel
}

function catalogOf(plugins: readonly TestPlugin[]) {
  return plugins.map(({ manifest, load }) => ({ id: manifest.id, source: manifest.id, manifest, load }))
}

function settingsOf(plugins: readonly TestPlugin[]) {
  const on = Object.fromEntries(plugins.map(({ manifest }) => [manifest.id, true]))
  return readSettings([{ source: 'bench', json: JSON.stringify({ plugins: on }) }])
}
