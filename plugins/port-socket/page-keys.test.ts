import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createPageKeys } from './page-keys.ts'
import { pageAt } from './test-page.ts'

const [one, two, three] = ['A', 'B', 'C'].map((letter) => letter.repeat(43)) as [string, string, string]

test('a token is taken out of the address, shown until it is used, then the session is', () => {
  const page = pageAt(`http://127.0.0.1:1/#token=${one}`)
  const keys = createPageKeys(page)
  assert.ok(keys.takeToken())
  assert.is(page.location.hash, '')
  assert.not(keys.takeToken())
  assert.equal(keys.current(), { proof: 'token', secret: one })
  keys.keep(two)
  assert.equal(keys.current(), { proof: 'session', secret: two })
})

test('the session outlives a reload, and a new token goes before it', () => {
  const page = pageAt('http://127.0.0.1:1/')
  createPageKeys(page).keep(two)
  const reloaded = createPageKeys(page)
  assert.equal(reloaded.current(), { proof: 'session', secret: two })
  page.location.hash = `#token=${three}`
  assert.ok(reloaded.takeToken())
  assert.equal(reloaded.current(), { proof: 'token', secret: three })
})

test('what the kernel refused is not shown again', () => {
  const page = pageAt(`http://127.0.0.1:1/#token=${one}`)
  createPageKeys(page).keep(two)
  const keys = createPageKeys(page)
  keys.takeToken()
  keys.forget(keys.current()!)
  assert.equal(keys.current(), { proof: 'session', secret: two })
  keys.forget(keys.current()!)
  assert.is(keys.current(), undefined)
  assert.is(createPageKeys(page).current(), undefined)
})

test('an address of the page’s own is left alone', () => {
  for (const hash of ['', '#/plugins', '#token=short', `#token=${one}&more`, `#x=1&token=${one}`]) {
    const page = pageAt(`http://127.0.0.1:1/${hash}`)
    const keys = createPageKeys(page)
    assert.not(keys.takeToken())
    assert.is(page.location.hash, hash)
    assert.is(keys.current(), undefined)
  }
})

test('a page that may store nothing keeps its session while it lives', () => {
  const page = pageAt('http://127.0.0.1:1/')
  const shy = Object.defineProperty({ ...page }, 'sessionStorage', {
    get() {
      throw new Error('storage is forbidden here')
    },
  })
  const keys = createPageKeys(shy)
  keys.keep(two)
  assert.equal(keys.current(), { proof: 'session', secret: two })
})

test.run()
