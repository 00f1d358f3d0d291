import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { keepWindowSize, readWindowSize } from './window-size.ts'

const usual = { width: 1180, height: 820, isMaximized: false }

function inFolder(tell: (dir: string) => void): void {
  const dir = mkdtempSync(join(tmpdir(), 'palabre-window-size-'))
  try {
    tell(dir)
  } finally {
    rmSync(dir, { recursive: true })
  }
}

test('a window is as large as it was left, and as large as the screen goes back to what it was', () => {
  inFolder((dir) => {
    assert.equal(readWindowSize(dir), usual)
    keepWindowSize(dir, { width: 900, height: 700, windowState: 'normal' })
    keepWindowSize(dir, { width: 1920, height: 1080, windowState: 'maximized' })
    assert.equal(readWindowSize(dir), { width: 900, height: 700, isMaximized: true })
    keepWindowSize(dir, { width: 1, height: 1, windowState: 'minimized' })
    assert.ok(readWindowSize(dir).isMaximized)
    keepWindowSize(dir, { width: 900, height: 701, windowState: 'normal' })
    assert.equal(readWindowSize(dir), { width: 900, height: 701, isMaximized: false })
  })
})

test('what makes no sense is not kept, and not believed', () => {
  inFolder((dir) => {
    keepWindowSize(dir, { width: 0, height: 700, windowState: 'normal' })
    assert.equal(readWindowSize(dir), usual)
    for (const said of [
      '',
      'null',
      '[]',
      '{ "width": "900", "height": 700 }',
      '{ "width": 900.5, "height": 700 }',
      '{ "width": 1e9, "height": 1 }',
    ]) {
      writeFileSync(join(dir, 'window-size.json'), said)
      assert.equal(readWindowSize(dir), usual, said)
    }
  })
})

test.run()
