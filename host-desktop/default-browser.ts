import { spawn } from 'node:child_process'
import type { OpenWindow } from './window.ts'

const patienceMs = 3000

/** A tab in the browser the person uses. Nobody tells us when it is closed, and opening it again opens another. */
export async function openDefaultBrowser(address: string): Promise<OpenWindow | undefined> {
  if (!(await opens(address))) return undefined
  return { show: async () => false, ended: new Promise(() => undefined), close: async () => undefined }
}

/** An opener that ends well has opened it; one that stays has become the browser. */
async function opens(address: string): Promise<boolean> {
  const [command, args, input] = opener(address)
  const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  child.stdin.on('error', () => undefined).end(input)
  const outcome = Promise.withResolvers<boolean>()
  child.once('exit', (code) => outcome.resolve(code === 0))
  child.once('error', () => outcome.resolve(false))
  const timer = setTimeout(() => outcome.resolve(true), patienceMs)
  try {
    return await outcome.promise
  } finally {
    clearTimeout(timer)
    child.unref()
  }
}

/** On a Mac other users can read command lines, and this one can be told on its input instead. */
function opener(address: string): [command: string, args: string[], input: string] {
  if (process.platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', address], '']
  if (process.platform === 'darwin') return ['osascript', ['-'], `open location "${address}"\n`]
  return ['xdg-open', [address], '']
}
