import { fork } from 'node:child_process'
import { on, once } from 'node:events'
import { relative } from 'node:path'

/** Runs a script in a Node of its own and passes on what it says with `tell`; what it prints goes to stderr. Throws when it fails. */
export async function* runAlone<Message>(
  script: string,
  args: readonly string[],
  flags: readonly string[] = [],
): AsyncGenerator<Message> {
  const child = fork(script, args, { execArgv: [...flags], stdio: ['ignore', 2, 2, 'ipc'] })
  const exited = once(child, 'exit')
  try {
    for await (const [message] of on(child, 'message', { close: ['disconnect'] })) yield message as Message
    const [code, signal] = (await exited) as [number | null, string | null]
    if (code !== 0) throw new Error(`${relative('.', script)} ${args.join(' ')} ended with ${code ?? signal}`)
  } finally {
    child.kill()
  }
}

/** The one thing that a script of its own has to say. */
export async function askAlone<Message>(script: string, args: readonly string[], flags: readonly string[] = []): Promise<Message> {
  const messages: Message[] = []
  for await (const message of runAlone<Message>(script, args, flags)) messages.push(message)
  if (messages.length !== 1)
    throw new Error(`${relative('.', script)} ${args.join(' ')} said ${messages.length} things and not one`)
  return messages[0]!
}

/** Says something to the process that runs this one; to the terminal when nobody does. */
export async function tell(message: object): Promise<void> {
  if (process.send === undefined) return console.log(JSON.stringify(message))
  await new Promise<void>((resolve, reject) => {
    process.send!(message, (error: Error | null) => (error === null ? resolve() : reject(error)))
  })
}
