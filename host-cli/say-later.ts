import type { Text } from '@palabre/sdk'
import type { Globals } from './globals.ts'

/** Says this to a person at a terminal unless it is disposed of before: nobody is left wondering before an empty screen. */
export function sayLater(said: Text, { language, json }: Globals): Disposable {
  const isSeen = process.stderr.isTTY && !json
  const late = isSeen ? setTimeout(() => process.stderr.write(`${said[language]}\n`), 1_000) : undefined
  return { [Symbol.dispose]: () => clearTimeout(late) }
}
