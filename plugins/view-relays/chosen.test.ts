import { PalabreError, text } from '@palabre/sdk'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createChosen } from './chosen.ts'

/** A kernel that answers these commands, and knows no others. */
function portWith(answers: Readonly<Record<string, unknown>>) {
  const asked: [string, object | undefined][] = []
  return {
    asked,
    run: async (command: string, args?: object) => {
      asked.push([command, args])
      const answer = answers[command]
      if (answer instanceof Error) throw answer
      if (answer === undefined) throw new PalabreError('unknown-command', text(`no ${command}`, `pas de ${command}`))
      return { data: answer }
    },
  }
}

const relay = { peer: '12D3KooWrelay', addresses: ['/dns4/relay.example.org/tcp/4001'] }

test('each relay of the settings is told with whether it is reached, and each change to who watches', async () => {
  const port = portWith({ 'relay.list': [relay], 'mailbox.status': { mailboxes: [{ ...relay, reached: true }] } })
  const chosen = createChosen(port)
  let told = 0
  using _ = chosen.watch(() => (told += 1))
  assert.is(chosen.now, undefined)
  await chosen.refresh()
  assert.equal(chosen.now, [{ ...relay, reached: true }])
  assert.is(told, 1)
})

test('one that was just added has no state yet; where nothing uses relays there are none to speak of', async () => {
  const fresh = createChosen(portWith({ 'relay.list': [relay], 'mailbox.status': { mailboxes: [] } }))
  await fresh.refresh()
  assert.equal(fresh.now, [{ ...relay, reached: undefined }])
  const off = createChosen(portWith({ 'relay.list': [relay] }))
  await off.refresh()
  assert.is(off.now, undefined)
})

test('what is refused is told with what to do, in both languages, and the list is read anew', async () => {
  const refusal = new PalabreError('bad-argument', text('no link', 'pas un lien'), { todo: text('Copy it.', 'Copiez-le.') })
  const port = portWith({ 'relay.add': refusal, 'relay.remove': {}, 'relay.list': [], 'mailbox.status': { mailboxes: [] } })
  const chosen = createChosen(port)
  assert.equal(await chosen.add('hello'), text('no link. Copy it.', 'pas un lien. Copiez-le.'))
  assert.equal(chosen.now, [])
  assert.is(await chosen.remove(relay.peer), undefined)
  assert.equal(
    port.asked.filter(([command]) => command.startsWith('relay.') && command !== 'relay.list'),
    [
      ['relay.add', { link: 'hello' }],
      ['relay.remove', { relay: relay.peer }],
    ],
  )
})

test.run()
