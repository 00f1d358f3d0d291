import { text } from '@palabre/sdk'
import type { Globals } from '../globals.ts'
import { readNote } from '../hold-file.ts'
import { refuseHeld, waitForTurn } from '../other-holder.ts'
import { sayLater } from '../say-later.ts'
import { serveAttached } from '../serve-attached.ts'
import type { Shower } from '../show.ts'
import { withHost, type Place } from '../with-host.ts'
import { callsHere, callsThere, type Calls } from './calls.ts'
import { errorsAbove } from './errors-above.ts'
import { openLineScreen } from './line-screen.ts'
import { openPlainScreen } from './plain-screen.ts'
import type { Screen } from './screen.ts'
import { completions } from './slash-commands.ts'
import { startTalk, type Talk } from './talk.ts'

/** `palabre` on a terminal, until the person leaves: in a kernel of its own, else in the one that is up. */
export async function converse(globals: Globals, shower: Shower, { plain }: { readonly plain: boolean }): Promise<void> {
  await withHost(globals, async (place) => {
    const { host, interrupted } = place
    const calls = await reach(globals, place)
    using _following = host.follow((error) => shower.error(error))
    await onScreen(calls, globals, { plain, interrupted })
  })
}

async function reach(globals: Globals, { host, claim, interrupted }: Place): Promise<Calls> {
  using _starting = sayLater(text('Palabre is starting…', 'Palabre démarre…'), globals, host.asker)
  const turn = waitForTurn(globals, interrupted)
  while (!(await claim.take(true))) {
    const note = readNote(globals.profileDir)
    if (note !== undefined && note.door !== null) {
      refuseHeld(note, globals)
      return callsThere(note, host.asker, interrupted)
    }
    await turn.next(note)
  }
  await host.start()
  claim.serve((call) => serveAttached(host, call))
  return callsHere(host.kernel, interrupted)
}

async function onScreen(
  calls: Calls,
  { language }: Globals,
  { plain, interrupted }: { readonly plain: boolean; readonly interrupted: AbortSignal },
): Promise<void> {
  const begun: { talk?: Talk } = {}
  let toldTyping = 0
  const typing = (line: string) => {
    const to = begun.talk?.desk.current
    if (to === undefined || line.trim() === '' || line.startsWith('/') || Date.now() - toldTyping < 3_000) return
    toldTyping = Date.now()
    calls.run('messages.typing', { peer: to.id }).catch(() => undefined)
  }
  const complete = (line: string) => (begun.talk === undefined ? { found: [], word: line } : completions(begun.talk.desk, line))
  using screen: Screen =
    plain || process.env['TERM'] === 'dumb'
      ? openPlainScreen(process.stdin, process.stdout)
      : openLineScreen(process.stdin, process.stdout, { complete, typing })
  using _errors = errorsAbove(screen)
  const close = () => screen[Symbol.dispose]()
  interrupted.addEventListener('abort', close, { once: true })
  begun.talk = startTalk(calls, screen, language)
  await begun.talk.over
}
