import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { browserStorage } from './browser-storage.ts'
import { storageCommands } from './storage-commands.ts'

test('it says where things live, and whether that was promised', async () => {
  const browser = openBrowser(true)
  const { show, keep } = storageCommands(browserStorage(browser.manager))
  const before = await show()
  assert.equal(before.data, { kept: false, used: 5, room: 100 })
  assert.match(before.text!.en, /nowhere else\..*24 words.*may drop/)
  assert.match(before.text!.fr, /nulle part ailleurs\..*24 mots.*peut les effacer/)
  const after = await keep()
  assert.equal(after.data, { kept: true, used: 5, room: 100 })
  assert.match(after.text!.en, 'until you clear them yourself')
})

test('what was granted is not asked for again, and a refusal is told as it is', async () => {
  const granting = openBrowser(true)
  const one = browserStorage(granting.manager)
  assert.is(await one.askToKeep(), true)
  assert.is(await one.askToKeep(), true)
  assert.is(granting.asked(), 1)
  assert.is(await browserStorage(openBrowser(false).manager).askToKeep(), false)
})

test.run()

/** What a browser does, with an answer decided beforehand: no test can click in its questions. */
function openBrowser(grants: boolean) {
  let kept = false
  let asked = 0
  return {
    asked: () => asked,
    manager: {
      persisted: async () => kept,
      async persist() {
        asked++
        kept = grants
        return grants
      },
      estimate: async () => ({ usage: 5, quota: 100 }),
    },
  }
}
