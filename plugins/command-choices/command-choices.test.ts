import { isPalabreError } from '@palabre/sdk'
import { Commands } from '@palabre/sdk/contract/command'
import { startTestHost } from '@palabre/sdk/testkit'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    (error: unknown) => isPalabreError(error) && error.code,
  )

const openHost = () =>
  startTestHost({
    host: 'desktop',
    plugins: [import.meta.dirname, join(import.meta.dirname, '..', 'store-memory')],
    lend: { commands: Commands },
    besideOthers: true,
  })

test('who follows hears what is kept now, then each change, until they leave', async () => {
  await using host = await openHost()
  const { commands } = host.lent
  await commands.run('choices.keep', { key: 'theme', value: 'light' })
  const heard = commands.stream('choices.watch')[Symbol.asyncIterator]()
  const next = async () => (await heard.next()).value?.data as unknown
  assert.equal(await next(), { theme: 'light' })
  const later = next()
  await commands.run('choices.keep', { key: 'language', value: 'fr' })
  assert.equal(await later, { theme: 'light', language: 'fr' })
  await heard.return?.()
})

test('they outlive the plugin, and names that could be anything else are refused', async () => {
  await using host = await openHost()
  const { commands } = host.lent
  await commands.run('choices.keep', { key: 'theme', value: 'light' })
  await host.plugins.disable('command-choices')
  await host.plugins.enable('command-choices')
  assert.equal((await commands.run('choices.show')).data, { theme: 'light' })
  for (const key of ['', '__proto__', 'A', 'a b']) {
    assert.is(await codeOf(commands.run('choices.keep', { key, value: 'x' })), 'bad-argument')
  }
})

test('there is an end to them', async () => {
  await using host = await openHost()
  const { commands } = host.lent
  for (let index = 0; index < 200; index++) await commands.run('choices.keep', { key: `k${index}`, value: 'x' })
  assert.is(await codeOf(commands.run('choices.keep', { key: 'k200', value: 'x' })), 'too-large')
  await commands.run('choices.keep', { key: 'k7', value: 'y' })
  assert.is(((await commands.run('choices.show')).data as Record<string, string>)['k7'], 'y')
})

test.run()
