import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { findBrowsers } from './find-browser.ts'

function machineWith(files: readonly string[], look: (root: string) => void): void {
  const root = mkdtempSync(join(tmpdir(), 'palabre-browsers-'))
  try {
    for (const file of files) {
      mkdirSync(dirname(join(root, file)), { recursive: true })
      writeFileSync(join(root, file), '')
    }
    look(root)
  } finally {
    rmSync(root, { recursive: true })
  }
}

test('on Linux those on the path are found, by preference and not by folder', () =>
  machineWith(['a/brave', 'a/firefox', 'b/chromium', 'b/google-chrome', 'c/google-chrome'], (root) => {
    const PATH = ['', 'a', 'b', 'nowhere'].map((name) => join(root, name)).join(delimiter)
    assert.equal(
      findBrowsers({ PATH }, 'linux'),
      ['b/google-chrome', 'b/chromium', 'a/brave'].map((file) => join(root, file)),
    )
    assert.equal(findBrowsers({}, 'linux'), [])
  }))

test('on Windows they are found where programs live', () =>
  machineWith(['x86/Microsoft/Edge/Application/msedge.exe', 'local/Google/Chrome/Application/chrome.exe'], (root) => {
    const env = { PROGRAMFILES: join(root, '64'), 'PROGRAMFILES(X86)': join(root, 'x86'), LOCALAPPDATA: join(root, 'local') }
    assert.equal(findBrowsers(env, 'win32'), [
      join(root, 'local', 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(root, 'x86', 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ])
    assert.equal(findBrowsers({}, 'win32'), [])
  }))

test.run()
