import { once } from 'node:events'
import { text, type Text } from '@palabre/sdk'
import { reply } from '@palabre/sdk/contract/command'
import { stateWords, type PluginChange, type PluginInfo, type PluginState } from '@palabre/sdk/contract/plugins'
import type { Globals } from './globals.ts'
import { endsWhenInterrupted } from './interrupt.ts'
import { readNote } from './hold-file.ts'
import type { NodeHost } from './node-host.ts'
import { held, waitForTurn } from './other-holder.ts'
import type { Claim } from './profile-claim.ts'
import { serveAttached } from './serve-attached.ts'
import type { Shower } from './show.ts'
import { withHost, type Place } from './with-host.ts'

interface Manner {
  /** A command whose answers are told along with the changes. */
  readonly telling?: string
  /** As a service is: SIGHUP reads plugins.json again, and what does not end in good order is cut off after this time. */
  readonly patience?: number
}

/** Runs until interrupted, telling each change; takes edits of plugins.json as they are saved. */
export async function stayUp(globals: Globals, shower: Shower, { telling, patience }: Manner = {}): Promise<void> {
  const stay = async ({ host, claim, interrupted }: Place) => {
    const { kernel, follow } = host
    if (patience !== undefined) interrupted.addEventListener('abort', () => setTimeout(() => process.exit(1), patience).unref())
    await takeProfile(globals, claim, interrupted)
    const early: PluginChange[] = []
    let hasStarted = false
    using _watching = kernel.plugins.watch((change) => {
      // That all of them stop is what was asked for.
      if (interrupted.aborted && !isGrave(change.state)) return
      if (hasStarted) shower.reply(reply(change, changeText(change, kernel.plugins.why(change.id).plugin)))
      else if (change.state === 'failed') early.push(change)
    })
    await host.start()
    hasStarted = true
    using _following = follow((error) => shower.error(error))
    claim.serve((call) => serveAttached(host, call))
    tellStart(host, shower, early)
    if (telling !== undefined) await tellAll(host, shower, telling, interrupted)
    await once(interrupted, 'abort')
  }
  // Whoever closes the window of a terminal wants an end.
  const isService = patience !== undefined && !process.stdin.isTTY
  await endsWhenInterrupted(withHost(globals, stay, isService ? (host) => void readAgain(host, shower) : undefined))
}

async function readAgain(host: NodeHost, shower: Shower): Promise<void> {
  try {
    await host.reload()
    shower.reply(reply({ reloaded: host.settingsFile }, text('plugins.json was read again.', 'plugins.json a été relu.')))
  } catch (error) {
    shower.error(error)
  }
}

async function tellAll({ kernel }: NodeHost, shower: Shower, command: string, signal: AbortSignal): Promise<void> {
  for await (const answer of kernel.commands.stream(command, {}, { signal })) shower.reply(answer)
}

async function takeProfile(globals: Globals, claim: Claim, interrupted: AbortSignal): Promise<void> {
  const turn = waitForTurn(globals, interrupted)
  while (!(await claim.take(true))) {
    const note = readNote(globals.profileDir)
    if (note !== undefined && note.door !== null) throw held(note)
    await turn.next(note)
  }
}

/** `early`: what failed while others still started; it may have been tried again since. */
function tellStart({ kernel, settingsFile }: NodeHost, shower: Shower, early: readonly PluginChange[]): void {
  const all = kernel.plugins.list()
  const running = all.filter(({ state }) => state === 'running').map(({ id }) => id)
  const faults = all.filter(({ state }) => isGrave(state))
  const isPast = (change: PluginChange) => faults.every(({ id, state }) => id !== change.id || state !== change.state)
  const earlier = early.filter((change, at) => isPast(change) || early.slice(at + 1).some(({ id }) => id === change.id))
  const told = [...earlier.map((change) => changeText(change, {})), ...faults.map((plugin) => changeText(plugin, plugin))]
  const lines = (language: 'en' | 'fr', first: string, last: string) =>
    [first, ...told.map((one) => one[language]), last].join('\n')
  const answer = text(
    lines('en', `Running: ${running.join(', ')}`, `Edit ${settingsFile} to switch plugins; Ctrl-C ends.`),
    lines('fr', `En marche : ${running.join(', ')}`, `Modifiez ${settingsFile} pour activer ou désactiver ; Ctrl-C termine.`),
  )
  shower.reply(
    reply(
      { running, earlier, faults: faults.map(({ id, state, reason, todo }) => ({ id, state, reason, todo })), settingsFile },
      answer,
    ),
  )
}

/** `a: failed, why` and, where somebody must act, what to do. */
function changeText(
  { id, state, reason }: Pick<PluginChange, 'id' | 'state' | 'reason'>,
  { todo }: Pick<PluginInfo, 'todo'>,
): Text {
  const word = stateWords[state]
  const line = (language: 'en' | 'fr', colon: string) => {
    const why = reason === undefined ? '' : `, ${reason[language]}`
    const act = todo === undefined || !isGrave(state) ? '' : `\n  ${todo[language]}`
    return `${id}${colon} ${word[language]}${why}${act}`
  }
  return text(line('en', ':'), line('fr', ' :'))
}

function isGrave(state: PluginState): boolean {
  return state === 'failed' || state === 'quarantined' || state === 'blocked'
}
