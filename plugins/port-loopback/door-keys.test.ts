import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createDoorKeys } from './door-keys.ts'
import { limits } from './limits.ts'

test('a token opens once and then never again', () => {
  const keys = createDoorKeys()
  const token = keys.mint()
  assert.ok(keys.burn(token))
  assert.is(keys.burn(token), undefined)
})

test('tokens and secrets have 256 bits, are fresh, and neither serves as the other', () => {
  const keys = createDoorKeys()
  const [one, two] = [keys.mint(), keys.mint()]
  assert.is(Buffer.from(one, 'base64url').length, 32)
  assert.is.not(one, two)
  assert.is(keys.resume(one), undefined)
  const session = keys.burn(one)!
  assert.is(Buffer.from(session.secret, 'base64url').length, 32)
  assert.is(keys.burn(session.secret), undefined)
  assert.is(keys.resume(session.secret)?.secret, session.secret)
  assert.is(keys.resume(two), undefined)
})

test('of tokens never used only the newest are kept', () => {
  const keys = createDoorKeys()
  const tokens = Array.from({ length: limits.tokens + 1 }, () => keys.mint())
  assert.is(keys.burn(tokens[0]!), undefined)
  for (const token of tokens.slice(1)) assert.ok(keys.burn(token))
})

test('of sessions that are not attached the oldest is forgotten', () => {
  const keys = createDoorKeys()
  const open = () => keys.burn(keys.mint())!
  const attached = open()
  using _here = attached.attach()
  const left = open()
  left.attach()[Symbol.dispose]()
  const others = Array.from({ length: limits.sessions - 1 }, open)
  assert.ok(keys.resume(attached.secret))
  assert.is(keys.resume(left.secret), undefined)
  for (const other of others) assert.ok(keys.resume(other.secret))
})

test.run()
