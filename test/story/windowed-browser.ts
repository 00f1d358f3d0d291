import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { chromiumOnDisk } from '../browser/chromium-on-disk.ts'
import { processesNaming } from './processes.ts'

/** A Chromium that opens the desktop's window where there is no screen; the test looks into it by a second way in. */
export interface WindowedBrowser {
  /** For `--browser`. */
  readonly file: string
  /** The window, once it is there. */
  window(): Promise<LookedAtWindow>
}

interface LookedAtWindow extends AsyncDisposable {
  readonly page: Page
  readonly browser: Browser
  /** The browser's main process. */
  readonly pid: number
  /** Everything on the command lines of the browser, which all users of the machine can read. */
  readonly commandLines: string
}

/** Undefined, said why, where no browser can run. */
export function windowedBrowser(dir: string): WindowedBrowser | { readonly missing: string } {
  const found = chromiumOnDisk()
  if ('missing' in found) return found
  const file = join(dir, 'browser.sh')
  const env = Object.entries(found.env).map(([name, value]) => `export ${name}='${value}'`)
  writeFileSync(
    file,
    [...script.slice(0, 1), ...env, ...script.slice(1), `exec '${found.executable}' ${flags.join(' ')} "$@"`].join('\n'),
  )
  chmodSync(file, 0o755)
  return { file, window: () => look(join(dir, 'window')) }
}

/** A browser without a screen knows no app windows: it is given the same address as an ordinary one. */
const script = [
  '#!/bin/sh',
  'for arg do',
  '  shift',
  '  case "$arg" in --app=*) arg="${arg#--app=}" ;; esac',
  '  set -- "$@" "$arg"',
  'done',
]

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--remote-debugging-port=0']

async function look(data: string): Promise<LookedAtWindow> {
  const port = await portIn(join(data, 'DevToolsActivePort'))
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
  const [page] = browser.contexts()[0]!.pages()
  const processes = processesNaming(`--user-data-dir=${data}`)
  return {
    page: page!,
    browser,
    pid: processes[0]!.pid,
    commandLines: processes.map(({ line }) => line).join('\n'),
    [Symbol.asyncDispose]: () => browser.close(),
  }
}

async function portIn(file: string): Promise<string> {
  while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 20))
  return readFileSync(file, 'utf8').split('\n')[0]!
}
