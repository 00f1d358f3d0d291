import { definePlugin, isPalabreError, PalabreError, text, token, type PalabreError as Failure, type Scope } from '@palabre/sdk'
import { reply } from '@palabre/sdk/contract/command'
import { settled, startTestHost, testPlugin, type TestHost } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const Source = token<string>('source')
const Middle = token<string>('middle')

test('what goes on until it is ended says which plugin was switched off, through all that lie between', async () => {
  for (const id of ['source', 'middle', 'user']) {
    await using followed = await follow()
    await followed.host.plugins.disable(id)
    const { code, text: said, todo, plugin } = await followed.failure
    assert.equal([code, plugin], ['switched-off', id])
    assert.equal(said, text(`the plugin ${id} was switched off meanwhile`, `le plugin ${id} a été désactivé entre-temps`))
    assert.match(todo!.fr, `palabre plugins enable ${id}`)
  }
})

test('what made a plugin fail is why it ended, with that code and what to do', async () => {
  await using followed = await follow()
  followed.source.fail(
    new PalabreError('storage-failed', text('no disk', 'pas de disque'), { todo: text('Plug it in.', 'Branchez-le.') }),
  )
  const { code, text: said, todo, plugin } = await followed.failure
  assert.equal([code, plugin, todo!.en], ['storage-failed', 'source', 'Plug it in.'])
  assert.match(said.en, /^the plugin source has stopped: .*no disk$/)
  assert.match(said.fr, /^le plugin source s’est arrêté : .*pas de disque$/)
})

test('a plugin that begins anew ends what it was telling', async () => {
  await using followed = await follow()
  followed.source.restart()
  const { code, plugin, todo } = await followed.failure
  assert.equal([code, plugin], ['closed', 'user'])
  assert.match(todo!.en, 'palabre plugins why user')
})

test('a command that goes wrong because its plugin stops has not failed by itself', async () => {
  await using followed = await follow('user.wait')
  await followed.host.plugins.disable('user')
  assert.is((await followed.failure).code, 'switched-off')
})

test('whoever wants no more of it is told nothing', async () => {
  await using followed = await follow()
  followed.reader.abort()
  await followed.host.plugins.disable('source')
  assert.is(await followed.failure.catch((error: Error) => error.message), 'it ended well')
})

test.run()

interface Followed extends AsyncDisposable {
  readonly host: TestHost<Record<never, never>>
  readonly source: Scope
  readonly reader: AbortController
  readonly failure: Promise<Failure>
}

/** Follows what `user` tells, which needs `middle`, which needs `source`. */
async function follow(command: 'user.watch' | 'user.wait' = 'user.watch'): Promise<Followed> {
  let scope!: Scope
  const source = definePlugin({
    provides: { one: Source },
    start(_, lent) {
      scope = lent
      return { one: 'one' }
    },
  })
  const middle = definePlugin({ needs: { one: Source }, provides: { two: Middle }, start: () => ({ two: 'two' }) })
  const user = definePlugin({
    needs: { two: Middle },
    start(_, lent) {
      lent.command('user.watch', async function* (_args, { signal }) {
        yield reply('begun')
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
      })
      lent.command('user.wait', async function* (_args, { signal }) {
        yield reply('begun')
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        signal.throwIfAborted()
      })
    },
  })
  const title = text('title', 'titre')
  const commands = [
    { id: 'user.watch', title, streams: true },
    { id: 'user.wait', title },
  ]
  const plugins = [testPlugin('source', source), testPlugin('middle', middle), testPlugin('user', user, { commands })]
  const host = await startTestHost({ plugins })
  const reader = new AbortController()
  const heard = host.commands.stream(command, {}, { signal: reader.signal })[Symbol.asyncIterator]()
  await heard.next()
  const failure = heard.next().then(
    () => Promise.reject(new Error('it ended well')),
    (error: unknown) => (isPalabreError(error) ? error : Promise.reject(error as Error)),
  )
  failure.catch(() => undefined)
  await settled()
  return { host, source: scope, reader, failure, [Symbol.asyncDispose]: () => host[Symbol.asyncDispose]() }
}
