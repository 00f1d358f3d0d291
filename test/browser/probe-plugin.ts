import type { Page } from 'playwright-core'
import type { Reply } from '@palabre/sdk/contract/command'
import type { PluginInfo } from '@palabre/sdk/contract/plugins'
import type { OtherPlugin } from './web-host.ts'

/** A plugin of others that lets a test look at the kernel in the page, past all views. */
export const probePlugin: OtherPlugin = {
  id: 'probe',
  manifest: { needs: ['commands@1', 'plugins@1'] },
  code: `import { definePlugin } from '@palabre/sdk'
import { Commands } from '@palabre/sdk/contract/command'
import { Plugins } from '@palabre/sdk/contract/plugins'
export const plugin = definePlugin({
  needs: { commands: Commands, plugins: Plugins },
  start: (needs) => void Object.assign(globalThis, { probe: needs }),
})`,
}

export interface Probe {
  list(): Promise<readonly PluginInfo[]>
  stateOf(id: string): Promise<string | undefined>
  /** Resolves when this is true of the list: `find((one) => one.id === 'x').state === 'running'`. */
  until(condition: string): Promise<void>
  /** Which commands can be run now. */
  commands(): Promise<string[]>
  run(command: string, args?: object): Promise<Reply>
  /** Until the answer, as text, has this in it; gives the answer. */
  answers(command: string, args: object, what: RegExp): Promise<unknown>
}

/** Answers come as text: what the kernel says must be said in any case. */
export function probe(page: Page): Probe {
  const ask = async (code: string) =>
    JSON.parse((await page.evaluate(`(async () => JSON.stringify(${code}))()`)) as string) as unknown
  const list = async () => (await ask('probe.plugins.list()')) as readonly PluginInfo[]
  return {
    list,
    stateOf: async (id) => (await list()).find((info) => info.id === id)?.state,
    // Asked once: the page's policy refuses what is asked again and again by text.
    until: (condition) =>
      page.evaluate(`new Promise((done) => {
        const look = () => {
          if (!(probe.plugins.list().${condition})) return
          watching[Symbol.dispose]()
          done()
        }
        const watching = probe.plugins.watch(() => queueMicrotask(look))
        look()
      })`),
    commands: async () => (await ask('probe.commands.list().filter((one) => one.available).map((one) => one.id)')) as string[],
    run: async (command, args = {}) =>
      (await ask(`await probe.commands.run(${JSON.stringify(command)}, ${JSON.stringify(args)})`)) as Reply,
    async answers(command, args, what) {
      // Asked in one go: the page's policy refuses what is asked again and again by text.
      const found = await page.evaluate(`new Promise((done, fail) => {
        const end = performance.now() + 60_000
        const look = () => void probe.commands.run(${JSON.stringify(command)}, ${JSON.stringify(args)}).then((reply) => {
          const said = JSON.stringify(reply.data)
          if (${what}.test(said)) done(said)
          else if (performance.now() > end) fail(new Error('${command} never said ' + ${JSON.stringify(String(what))} + ', but ' + said))
          else setTimeout(look, 50)
        }, fail)
        look()
      })`)
      return JSON.parse(found as string) as unknown
    },
  }
}
