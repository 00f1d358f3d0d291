import { isPalabreError, text, type Language } from '@palabre/sdk'
import type { MessengerEvent } from '@palabre/sdk/contract/messenger'
import { printable } from '../show.ts'
import type { Calls } from './calls.ts'
import { createDesk, type Desk } from './desk.ts'
import type { Screen } from './screen.ts'
import { act } from './slash-commands.ts'
import { inStrokes } from './words.ts'

export interface Talk {
  readonly desk: Desk
  /** Resolves when the person wants to go, or nothing more is typed; fails when nothing more can come. */
  readonly over: Promise<void>
}

/** A conversation on a screen: who I am, how somebody comes, then what is typed goes out and what comes in is shown. */
export function startTalk(calls: Calls, screen: Screen, language: Language): Talk {
  const desk = createDesk(calls, screen, language)
  return { desk, over: talk(desk) }
}

async function talk(desk: Desk): Promise<void> {
  const { calls, screen } = desk
  const following = follow(desk)
  // Whoever ends first ends it: the person, or what all this runs in.
  return Promise.race([following, speak()])

  async function speak(): Promise<void> {
    if (!(await introduce(desk))) return
    await desk.refresh()
    const [first] = desk.peers()
    if (first === undefined) await invite(desk)
    else await desk.turnTo(first.id)
    for (let line = await screen.next(); line !== undefined; line = await screen.next()) {
      if (!(await tried(desk, line))) return
    }
  }

  async function follow({ take }: Desk): Promise<void> {
    for await (const { data } of calls.follow('messages.watch')) {
      await take(data as MessengerEvent).catch((error: unknown) => tellFault(desk, error))
    }
  }
}

/** False when the person leaves instead of answering. */
async function introduce(desk: Desk): Promise<boolean> {
  const { userId } = (await desk.calls.run('id.show')).data as { userId: string }
  let { name } = (await desk.calls.run('id.name')).data as { name: string }
  if (name === '') {
    desk.say(text('How are you called? Others see this name.', 'Comment vous appelez-vous ? Les autres voient ce nom.'))
    desk.screen.status({ en: 'Your name', fr: 'Votre nom' }[desk.language])
    const typed = await desk.screen.next()
    if (typed === undefined) return false
    if (typed.trim() !== '') {
      const answer = await desk.calls.run('id.name', { name: typed.trim() })
      name = (answer.data as { name: string }).name
    }
  }
  const who = printable(name === '' ? userId : `${name} · ${userId}`)
  desk.say(text(`You are ${who}. /help lists what you can do.`, `Vous êtes ${who}. /help dit ce que vous pouvez faire.`))
  return true
}

async function invite(desk: Desk): Promise<void> {
  await tried(desk, '/invite')
  desk.say(
    text(
      'Or accept somebody’s: /accept LINK. The conversation opens by itself once they are there.',
      'Ou acceptez la sienne : /accept LIEN. La conversation s’ouvre d’elle-même dès que l’autre est là.',
    ),
  )
}

/** What fails is told, and the conversation goes on. */
async function tried(desk: Desk, line: string): Promise<boolean> {
  try {
    return await act(desk, line)
  } catch (error) {
    tellFault(desk, error)
    return true
  }
}

function tellFault(desk: Desk, error: unknown): void {
  if (!isPalabreError(error)) throw error
  const { text: said, todo } = error
  const lines = [said[desk.language], ...(todo === undefined ? [] : [inStrokes(todo[desk.language])])]
  desk.screen.print(printable(lines.map((one) => `! ${one}`).join('\n')))
}
