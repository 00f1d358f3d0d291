import type { Text } from '@palabre/sdk'
import type { Globals } from './globals.ts'
import type { TerminalAsker } from './terminal-asker.ts'

/** Says this to a person at a terminal unless it is disposed of before: nobody is left wondering before an empty screen. */
export function sayLater(said: Text, { language, json }: Globals, asker: TerminalAsker): Disposable {
  const isSeen = process.stderr.isTTY && !json
  const say = () => {
    if (asker.isAsking) return
    clearInterval(late)
    process.stderr.write(`${said[language]}\n`)
  }
  const late = isSeen ? setInterval(say, 1_000) : undefined
  return { [Symbol.dispose]: () => clearInterval(late) }
}
