import type { Face } from '@palabre/sdk/contract/face'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { choicesIn } from './choices.ts'
import type { DeskNotices } from './desk-notice.ts'
import { createNotices } from './notices.ts'

const news = (message: string, unread = 1) => ({ message, conversation: 'pal1ada', name: 'Ada', text: 'x'.repeat(500), unread })

test('nothing is offered before somebody wrote to a page that nobody looked at, nor after a no', () => {
  const { notices, look } = openDesk('default')
  notices.came(news('1'))
  assert.not(notices.isToBeOffered)
  look(false)
  notices.came(news('2'))
  assert.ok(notices.isToBeOffered)
  notices.decline()
  assert.not(notices.isToBeOffered)
})

test('where the browser has said no, or cannot, nothing is offered; where it asks anew, so do we', async () => {
  for (const [permission, isOffered] of [
    ['denied', false],
    ['missing', false],
    ['granted', true],
  ] as const) {
    const { notices, look } = openDesk(permission)
    look(false)
    notices.came(news('1'))
    assert.is(notices.isToBeOffered, isOffered, permission)
  }
  const { notices, look, desk } = openDesk('default')
  assert.ok(await notices.accept())
  desk.permission = 'default'
  look(false)
  notices.came(news('1'))
  assert.ok(notices.isToBeOffered)
})

test('a yes that the browser overrules is none', async () => {
  const { notices, desk, kept } = openDesk('default')
  desk.answer = 'denied'
  assert.not(await notices.accept())
  assert.is(kept.get('notices.tell'), 'off')
})

test('one stands for a conversation, without its text unless that is wanted, and goes with its message or when it is looked at', async () => {
  const { notices, desk, kept, look } = openDesk('default')
  await notices.accept()
  notices.came(news('1'))
  notices.came(news('2', 2))
  assert.equal(desk.open(), ['2 new messages'])
  notices.went('1')
  assert.is(desk.open().length, 1)
  notices.went('2')
  assert.is(desk.open().length, 0)
  kept.set('notices.text', 'on')
  notices.came(news('3', 3))
  assert.equal(desk.open(), ['x'.repeat(160)])
  look(true, 'pal1ada')
  assert.equal(desk.open(), [])
  notices.came(news('4', 4))
  assert.equal(desk.open(), [])
})

test.run()

function openDesk(permission: DeskNotices['permission']) {
  const kept = new Map<string, string>()
  let told = () => {}
  const at: { view: string; subject?: string } = { view: 'contacts' }
  const state = { watched: true, at, language: 'en', kept: (key: string) => kept.get(key) }
  const face = Object.assign(state, {
    keep: (key: string, value: string) => void kept.set(key, value),
    watch: (fn: () => void) => {
      told = fn
      return { [Symbol.dispose]: () => {} }
    },
  })
  const shown = new Map<string, string>()
  const desk = {
    permission,
    answer: 'granted' as NotificationPermission,
    async ask() {
      desk.permission = desk.answer
    },
    show({ tag, body }: { tag: string; body: string }) {
      shown.set(tag, body)
      return { [Symbol.dispose]: () => void shown.delete(tag) }
    },
    open: () => [...shown.values()],
  }
  const look = (watched: boolean, subject?: string) => {
    Object.assign(state, { watched, at: subject === undefined ? at : { view: 'chat', subject } })
    told()
  }
  const choices = choicesIn(face as unknown as Face)
  const notices = createNotices({ face: face as unknown as Face, choices, desk, chime: () => {}, changed: () => {} })
  return { notices, desk, kept, look }
}
