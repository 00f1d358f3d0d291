import jsqr from 'jsqr'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { qrPath } from './qr-path.ts'

test('a scanner reads from the drawing what was put in, an invite’s length included', () => {
  for (const link of ['palabre:invite#short', `palabre:invite#${'aB3_-'.repeat(300)}`]) {
    const { size, path } = qrPath(link)!
    assert.is(decode(pixelsOf(path, size), size * scale, size * scale)?.data, link)
  }
})

test('what is too long for any code gives none', () => {
  assert.is(qrPath('x'.repeat(5_000)), undefined)
})

test.run()

/** Draws as a browser would: each `M x y h n` is a row of dark modules. */
function pixelsOf(path: string, size: number): Uint8ClampedArray {
  const wide = size * scale
  const pixels = new Uint8ClampedArray(wide * wide * 4).fill(255)
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
    for (let row = 0; row < scale; row++) {
      const from = ((Number(y) * scale + row) * wide + Number(x) * scale) * 4
      for (let at = from; at < from + Number(length) * scale * 4; at += 4) pixels.fill(0, at, at + 3)
    }
  }
  return pixels
}

const scale = 3

// The package says one thing of its export to TypeScript and does another in Node.
const decode = jsqr as unknown as typeof jsqr.default
