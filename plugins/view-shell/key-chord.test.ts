import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { isPressed, keyText, type Pressed } from './key-chord.ts'

const press = (key: string, part: Partial<Pressed> = {}): Pressed => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...part,
})

test('a key is itself with exactly its modifiers', () => {
  assert.ok(isPressed('Ctrl+K', press('k', { ctrlKey: true }), false))
  assert.ok(isPressed('Ctrl+Shift+P', press('P', { ctrlKey: true, shiftKey: true }), false))
  assert.not(isPressed('Ctrl+K', press('k'), false))
  assert.not(isPressed('Ctrl+K', press('K', { ctrlKey: true, shiftKey: true }), false))
  assert.not(isPressed('Ctrl+K', press('k', { ctrlKey: true, altKey: true }), false))
})

test('on Apple’s machines the command key stands for Ctrl', () => {
  assert.ok(isPressed('Ctrl+K', press('k', { metaKey: true }), true))
  assert.not(isPressed('Ctrl+K', press('k', { ctrlKey: true }), true))
})

test('signs count as they are written, digits by their place', () => {
  assert.ok(isPressed('Ctrl+/', press('/', { ctrlKey: true, shiftKey: true }), false))
  assert.ok(isPressed('Alt+1', press('&', { altKey: true, code: 'Digit1' }), false))
  assert.ok(isPressed('Alt+ArrowDown', press('ArrowDown', { altKey: true }), false))
  assert.not(isPressed('Alt+1', press('2', { altKey: true, code: 'Digit2' }), false))
})

test('arrows are shown as they stand on the keys', () => {
  assert.is(keyText('Alt+ArrowDown'), 'Alt+↓')
  assert.is(keyText('Ctrl+Shift+P'), 'Ctrl+Shift+P')
})

test.run()
