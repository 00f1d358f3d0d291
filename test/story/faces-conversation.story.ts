import type { Contact } from '@palabre/sdk/contract/contacts'
import type { Conversation } from '@palabre/sdk/contract/messenger'
import * as assert from 'uvu/assert'
import { findingsOf } from '../browser/axe.ts'
import { browserSuite } from '../browser/browser-suite.ts'
import { framed, openPerson } from '../browser/two-faces.ts'

const { test, run } = await browserSuite('what is decided about a conversation')

test('messages that disappear, that failed, that are erased: all from the keyboard', async (browser) => {
  await using awa = await openPerson()
  await using bintou = await openPerson()
  await using mine = await awa.ask()
  const theirs = await bintou.ask()
  await mine.run('id.name', { name: 'Awa' })
  await theirs.run('id.name', { name: 'Bintou' })
  const { link } = (await theirs.run('invite.create')).data as { link: string }
  const them = (await mine.run('invite.accept', { invite: link })).data as Contact
  await mine.run('send', { to: them.id, message: 'to keep', wait: 'delivered', seconds: 30 })

  await using window = await browser.openPage(await awa.newAddress())
  const { keyboard } = window.page
  const { row, said, composer } = framed(window.page)
  const command = async (words: string) => {
    await keyboard.press('Control+Shift+P')
    await window.page.getByRole('combobox').waitFor()
    await keyboard.type(words)
    await window.page.getByRole('option').first().waitFor()
    await keyboard.press('Enter')
  }
  await row('Bintou').click()
  await said('to keep').waitFor()

  await command('disappearing')
  const dialog = window.page.locator('palabre-talk-dialog dialog')
  await dialog.locator('input:focus').waitFor()
  assert.equal(await findingsOf(window.page), [], 'how long messages stay')
  await window.picture('face-fuse')
  await keyboard.press('ArrowDown')
  await window.page.getByText('New messages disappear 30 seconds after they were read').waitFor()
  await keyboard.press('Escape')
  await window.page.locator('palabre-composer textarea:focus').waitFor()
  await window.page.getByRole('button', { name: 'Disappearing messages: 30 seconds' }).waitFor()

  await mine.run('messages.fuse', { peer: them.id, seconds: 5 })
  await window.page.getByRole('button', { name: 'Disappearing messages: 5 seconds' }).waitFor()
  await theirs.run('send', { to: 'Awa', message: 'soon gone', wait: 'delivered', seconds: 30 })
  await said('soon gone').waitFor()
  await said('soon gone').waitFor({ state: 'detached' })
  assert.is(await said('to keep').count(), 1)
  const [talk] = (await theirs.run('conversations')).data as readonly Conversation[]
  assert.is(talk!.fuse, 5_000)
  await mine.run('messages.fuse', { peer: them.id, seconds: 0 })

  await theirs[Symbol.asyncDispose]()
  await bintou.end()
  await composer.fill('never mind')
  await composer.press('Enter')
  await said('never mind').getByRole('button', { name: 'Do not send it' }).first().click()
  await said('never mind').getByText('You took it back').waitFor()
  await said('never mind').getByRole('button', { name: 'Send again' }).click()
  await said('never mind').getByRole('button', { name: 'Try now' }).waitFor()
  await said('never mind').getByText('You took it back').waitFor({ state: 'detached' })
  assert.is(await said('never mind').count(), 1)
  await said('never mind').getByRole('button', { name: 'Do not send it' }).first().click()
  await said('never mind').getByRole('button', { name: 'Forget it' }).click()
  await said('never mind').waitFor({ state: 'detached' })

  await said('to keep').focus()
  await keyboard.press('r')
  await window.page.locator('palabre-composer .about', { hasText: 'to keep' }).waitFor()
  await keyboard.press('Escape')
  await window.page.locator('palabre-composer .about').waitFor({ state: 'detached' })
  await said('to keep').focus()
  await keyboard.press('Delete')
  await said('to keep').locator('.tool.grave').waitFor({ state: 'attached' })
  await keyboard.press('Delete')
  await said('Message deleted').waitFor()

  await command('erase this conversation')
  await dialog.getByRole('heading', { name: 'Erase this conversation here' }).waitFor()
  assert.equal(await findingsOf(window.page), [], 'erasing')
  await keyboard.press('Tab')
  await keyboard.press('Enter')
  await window.page.getByRole('heading', { name: 'Nothing was said yet' }).waitFor()
  assert.equal([window.violations, window.errors], [[], []])
})

run()
