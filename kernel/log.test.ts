import { definePlugin, type Scope } from '@palabre/sdk'
import { LogSink, type LogRecord } from '@palabre/sdk/contract/log'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

test('a sink hears what is said from now on and the last five hundred records from before', async () => {
  const heard: LogRecord[] = []
  let scope!: Scope
  const talker = testPlugin('talker', definePlugin({ start: (_, lent) => void (scope = lent as Scope) }))
  await using host = await startTestHost({ plugins: [talker, sink('late', (record) => void heard.push(record))] })
  await host.plugins.disable('late')
  heard.length = 0
  for (let i = 0; i < 600; i++) scope.log.info(`line ${i}`)
  assert.equal(heard, [])
  await host.plugins.enable('late')
  const lines = heard.filter(({ plugin }) => plugin === 'talker').map(({ message }) => message)
  assert.is(lines.at(-1), 'line 599')
  assert.ok(lines.length > 480 && lines.length <= 500, `${lines.length}`)
  scope.log.warn('now', { count: 3 })
  const last = heard.at(-1)!
  assert.equal({ ...last }, { time: host.clock.now(), level: 'warn', plugin: 'talker', message: 'now', fields: { count: 3 } })
})

test('a sink that throws, or that logs while it writes, harms nobody', async () => {
  let scope!: Scope
  const heard: string[] = []
  const talker = testPlugin('talker', definePlugin({ start: (_, lent) => void (scope = lent as Scope) }))
  const noisy = testPlugin(
    'noisy',
    definePlugin({
      provides: { sink: LogSink },
      start: (_, { log }) => ({ sink: { write: ({ message }) => log.info(`about ${message}`) } }),
    }),
  )
  const broken = sink('broken', () => {
    throw new Error('full')
  })
  await using _host = await startTestHost({
    plugins: [talker, broken, noisy, noisyTwin(noisy), sink('good', ({ message }) => void heard.push(message))],
  })
  heard.length = 0
  scope.log.info('hello')
  assert.equal(heard, ['hello'])
})

test('no sink can change what the next one reads, nor the speaker afterwards', async () => {
  const heard: unknown[] = []
  const forger = sink('forger', (record) => {
    Object.assign(record.fields, { amount: 9 })
  })
  let scope!: Scope
  const talker = testPlugin('talker', definePlugin({ start: (_, lent) => void (scope = lent as Scope) }))
  await using host = await startTestHost({
    plugins: [talker, forger, sink('reader', ({ fields }) => void heard.push(fields['amount']))],
  })
  const fields = { amount: 1 }
  heard.length = 0
  scope.log.info('x', fields)
  fields.amount = 5
  assert.equal(heard, [1])
  assert.is(host.log.at(-1)!.fields['amount'], 1)
})

test.run()

function sink(id: string, write: (record: LogRecord) => void) {
  return testPlugin(id, definePlugin({ provides: { sink: LogSink }, start: () => ({ sink: { write } }) }))
}

function noisyTwin({ manifest, load }: ReturnType<typeof testPlugin>) {
  return { manifest: { ...manifest, id: 'noisy-twin' }, load }
}
