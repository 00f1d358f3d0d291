import { definePlugin, isPalabreError } from '@palabre/sdk'
import { reply } from '@palabre/sdk/contract/command'
import { Port } from '@palabre/sdk/contract/port'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const kept = { list: ['a'] }
const given: unknown[] = []
let stopping: AbortSignal | undefined

const echo = testPlugin(
  'echo',
  definePlugin({
    start(_needs, scope) {
      scope.command<{ words: string[] }>('echo.keep', (args) => {
        given.push(args)
        return reply(kept)
      })
      scope.command('echo.fail', () => Promise.reject(new Error('no')))
      scope.command('echo.count', async function* (_args, { signal }) {
        stopping = signal
        yield reply(1)
        if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve))
      })
    },
  }),
  {
    commands: [
      { id: 'echo.keep', title: { en: 'keep', fr: 'garder' }, args: { type: 'object', required: ['words'] } },
      { id: 'echo.fail', title: { en: 'fail', fr: 'échouer' } },
      { id: 'echo.count', title: { en: 'count', fr: 'compter' }, streams: true },
    ],
  },
)

const open = () => startTestHost({ host: 'web', plugins: [import.meta.dirname, echo], lend: { port: Port } })

test('what crosses is a copy, in both directions', async () => {
  await using host = await open()
  const words = ['x']
  const { data } = await host.lent.port.run('echo.keep', { words })
  ;(data as typeof kept).list.push('b')
  words.push('y')
  assert.equal(kept.list, ['a'])
  assert.equal(given.at(-1), { words: ['x'] })
})

test('commands are listed, and fail as they do beside the kernel', async () => {
  await using host = await open()
  const { port } = host.lent
  assert.ok((await port.commands()).some(({ id, available }) => id === 'echo.keep' && available))
  const code = async (run: Promise<unknown>) => run.catch((error: unknown) => (isPalabreError(error) ? error.code : error))
  assert.is(await code(port.run('echo.kepe')), 'unknown-command')
  assert.is(await code(port.run('echo.keep')), 'bad-argument')
  assert.is(await code(port.run('echo.fail')), 'plugin-failed')
})

test('a stream ends when its reader goes', async () => {
  await using host = await open()
  const reader = new AbortController()
  const replies = host.lent.port.stream('echo.count', {}, { signal: reader.signal })[Symbol.asyncIterator]()
  assert.is((await replies.next()).value?.data, 1)
  reader.abort()
  assert.is((await replies.next()).done, true)
})

test('switched off, it ends its streams, says so, and answers no more', async () => {
  const host = await open()
  const { port } = host.lent
  const states: string[] = []
  port.watch((state) => void states.push(state))
  assert.is(port.state, 'open')
  const replies = port.stream('echo.count')[Symbol.asyncIterator]()
  await replies.next()
  const next = replies.next()

  await host.plugins.disable('port-local')
  assert.is(stopping?.aborted, true)
  assert.is((await next).done, true)
  assert.equal(states, ['closed'])
  assert.is(port.state, 'closed')
  const error = await port.run('echo.keep', { words: [] }).catch((thrown: unknown) => thrown)
  assert.ok(isPalabreError(error) && error.code === 'closed')
  await host.stop()
})

test.run()
