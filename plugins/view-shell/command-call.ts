import { isPalabreError, messageOf, text, type Text } from '@palabre/sdk'
import type { CommandInfo, Reply } from '@palabre/sdk/contract/command'
import type { Port } from '@palabre/sdk/contract/port'
import { words } from './words.ts'

/** What a command has said so far. */
export interface Answer {
  readonly said: readonly Text[]
  readonly isOver: boolean
  readonly failed: boolean
}

/** Of one that goes on and on. */
const mostReplies = 200

/** Runs a command and tells its answer anew with each word of it. When the signal aborts, it is over with what was said. */
export async function callCommand(
  port: Port,
  { id, streams }: CommandInfo,
  args: object,
  { signal, told }: { readonly signal: AbortSignal; told(answer: Answer): void },
): Promise<void> {
  const said: Text[] = []
  const tell = (isOver: boolean, failed = false) => told({ said: [...said], isOver, failed })
  tell(false)
  try {
    if (streams === true) {
      for await (const reply of port.stream(id, args, { signal })) {
        said.push(shown(reply))
        if (said.length > mostReplies) said.shift()
        tell(false)
      }
    } else said.push(shown(await port.run(id, args, { signal })))
    tell(true)
  } catch (error) {
    if (!signal.aborted) said.push(...whyNot(error))
    tell(true, !signal.aborted)
  }
}

function shown({ data, text: said }: Reply): Text {
  if (said !== undefined) return said
  const json = data === undefined || data === null ? undefined : JSON.stringify(data, undefined, 2)
  return json === undefined ? words.done : text(json, json)
}

function whyNot(error: unknown): readonly Text[] {
  if (!isPalabreError(error)) return [text(messageOf(error), messageOf(error))]
  return error.todo === undefined ? [error.text] : [error.text, error.todo]
}
