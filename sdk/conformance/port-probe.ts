import { reply, type CommandSpec } from '../contract/command.ts'
import { PalabreError } from '../error.ts'
import { definePlugin } from '../plugin.ts'
import { testPlugin, type TestPlugin } from '../testkit/test-plugin.ts'
import { text } from '../text.ts'

/** The plugin whose commands the laws of `Port` run: it must stand in the kernel at the far end. */
export function portProbe(): TestPlugin {
  const moments = createMoments()
  let counted = 0

  async function* count(to: number) {
    counted = 0
    try {
      for (let n = 1; n <= to; n++) {
        counted = n
        yield reply(n, text(`number ${n}`, `numéro ${n}`))
      }
    } finally {
      moments.reach('count left')
    }
  }

  const plugin = definePlugin({
    start(_needs, scope) {
      scope.command<{ word: string }>('probe.echo', ({ word }) => reply({ word }, text(`heard ${word}`, `entendu ${word}`)))
      scope.command('probe.refuse', () => {
        throw new PalabreError('denied', text('not today', 'pas aujourd’hui'), {
          todo: text('Try tomorrow.', 'Essayez demain.'),
          plugin: 'port-probe',
        })
      })
      scope.command('probe.break', () => Promise.reject(new Error('the spring came loose')))
      scope.command<{ to: number }>('probe.count', ({ to }) => count(to))
      scope.command('probe.counted', () => reply(counted))
      scope.command('probe.stumble', async function* () {
        yield reply('one step')
        throw new PalabreError('storage-failed', text('fell', 'tombé'))
      })
      scope.command<{ name: string }>('probe.wait', async ({ name }, { signal }) => {
        moments.reach(`${name} begun`)
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
        moments.reach(`${name} stopped`)
        throw new PalabreError('cancelled', text('no longer wanted', 'plus voulu'))
      })
      scope.command<{ moment: string }>('probe.reached', async ({ moment }) => {
        await moments.reached(moment)
        return reply(moment)
      })
    },
  })
  return testPlugin('port-probe', plugin, { commands })
}

/** Moments that happen once, and whoever waits for them. */
function createMoments() {
  const moments = new Map<string, PromiseWithResolvers<void>>()
  const moment = (name: string) => {
    const known = moments.get(name) ?? Promise.withResolvers<void>()
    moments.set(name, known)
    return known
  }
  return { reach: (name: string) => moment(name).resolve(), reached: (name: string) => moment(name).promise }
}

const commands: readonly CommandSpec[] = [
  command('probe.echo', { word: { type: 'string' } }),
  command('probe.refuse'),
  command('probe.break'),
  { ...command('probe.count', { to: { type: 'integer' } }), streams: true },
  command('probe.counted'),
  { ...command('probe.stumble'), streams: true },
  command('probe.wait', { name: { type: 'string' } }),
  command('probe.reached', { moment: { type: 'string' } }),
]

function command(id: string, properties: Record<string, object> = {}): CommandSpec {
  const args = { type: 'object', additionalProperties: false, required: Object.keys(properties), properties }
  return { id, title: { en: id, fr: id }, args }
}
