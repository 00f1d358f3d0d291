import { text } from '@palabre/sdk'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { chooseEntries } from './palette-entries.ts'

const actions = [
  { id: 'open.settings', title: text('Go to: Settings', 'Aller à : Paramètres'), run: () => undefined },
  { id: 'face.find', title: text('Find somebody', 'Trouver quelqu’un'), key: 'Ctrl+K', run: () => undefined },
]
const commands = [
  { id: 'plugins.list', title: text('List the plugins', 'Lister les plugins'), plugin: 'plugin-manager', available: true },
  { id: 'send', title: text('Send a message', 'Envoyer un message'), plugin: 'command-messages', available: false },
]

test('every word counts, in the title or the name, whatever its accents', () => {
  const ids = (sought: string) => chooseEntries(actions, commands, sought, 'fr').map(({ id }) => id)
  assert.equal(ids('parametres'), ['open.settings'])
  assert.equal(ids('LIST plug'), ['plugins.list'])
  assert.equal(ids('nothing of it'), [])
})

test('what cannot be run now is not offered, and what begins with the words comes first', () => {
  assert.not(chooseEntries(actions, commands, '', 'en').some(({ id }) => id === 'send'))
  assert.is(chooseEntries(actions, commands, 'f', 'en')[0]?.id, 'face.find')
})

test.run()
