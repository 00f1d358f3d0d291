import { text } from '@palabre/sdk'
import type { CommandSpec, Reply } from '@palabre/sdk/contract/command'
import { HolderLeft, runAttached } from './attached-run.ts'
import { demandOf, type Demand } from './demand.ts'
import type { Globals } from './globals.ts'
import { readNote, type HoldNote } from './hold-file.ts'
import { endsWhenInterrupted } from './interrupt.ts'
import { isHeldOtherwise, noneRuns, ranIn, refuseHeld, waitForTurn } from './other-holder.ts'
import { runHere } from './run-here.ts'
import { sayLater } from './say-later.ts'
import type { Shower } from './show.ts'
import { serveAttached } from './serve-attached.ts'
import { withHost, type Place } from './with-host.ts'

/** Runs one command where it must run, here or in the Palabre that holds the profile, and shows each answer as it comes. */
export async function runCommand(globals: Globals, shower: Shower, spec: CommandSpec, args: object): Promise<void> {
  const done = withHost(globals, async (place) => {
    using waiting = spec.streams === true ? sayLater(untilStopped, globals, place.host.asker) : undefined
    for await (const answer of answersOf({ ...place, globals, spec, args })) {
      waiting?.[Symbol.dispose]()
      shower.reply(answer)
    }
  })
  await (spec.streams === true ? endsWhenInterrupted(done) : done)
}

const untilStopped = text('Waiting for what comes; Ctrl-C ends.', 'En attente de ce qui vient ; Ctrl-C termine.')

interface Asked extends Place {
  readonly globals: Globals
  readonly spec: CommandSpec
  readonly args: object
}

async function* answersOf(asked: Asked): AsyncGenerator<Reply> {
  const { globals, host, spec, args } = asked
  const demand = demandOf(host.kernel, spec.id, args)
  const note = readNote(globals.profileDir)
  const isUp = note !== undefined && note.door !== null
  if (globals.attach === 'always' || spec.ofRunning === true) yield* thereOnly(asked, isUp ? note : undefined)
  else if (demand.holds) yield* alone(asked, demand)
  else if (demand.looks && isUp && globals.attach !== 'never' && !isHeldOtherwise(note, globals))
    yield* lookThere(asked, note, demand)
  else yield* here(asked, demand)
}

async function* here({ host, spec, args, interrupted }: Asked, { only }: Demand): AsyncGenerator<Reply> {
  await host.start(only)
  yield* runHere(host.kernel, spec.id, args, interrupted)
}

async function* there({ globals, host, spec, args, interrupted }: Asked, note: HoldNote): AsyncGenerator<Reply> {
  refuseHeld(note, globals, spec)
  if (globals.verbose) ranIn(note, globals)
  const call = { command: spec.id, args, lasts: spec.streams === true }
  yield* runAttached(note, call, { asker: host.asker, signal: interrupted })
}

async function* thereOnly(asked: Asked, note: HoldNote | undefined): AsyncGenerator<Reply> {
  if (note === undefined) throw noneRuns()
  try {
    yield* there(asked, note)
  } catch (error) {
    throw error instanceof HolderLeft ? noneRuns() : error
  }
}

/** What is up has more to show; where it has just gone, there is what we find ourselves. */
async function* lookThere(asked: Asked, note: HoldNote, demand: Demand): AsyncGenerator<Reply> {
  try {
    yield* there(asked, note)
  } catch (error) {
    if (!(error instanceof HolderLeft)) throw error
    yield* demand.holds ? alone(asked, demand) : here(asked, demand)
  }
}

/** Holds the profile; where another one does, runs in it if it stays, and waits for it if it does not. */
async function* alone(asked: Asked, demand: Demand): AsyncGenerator<Reply> {
  const { globals, claim, host, spec, interrupted } = asked
  const turn = waitForTurn(globals, interrupted)
  while (!(await claim.take(spec.streams === true))) {
    const note = readNote(globals.profileDir)
    if (note !== undefined && note.door !== null) {
      try {
        return yield* there(asked, note)
      } catch (error) {
        if (!(error instanceof HolderLeft)) throw error
      }
    }
    await turn.next(note)
  }
  await host.start(demand.only)
  claim.serve((call) => serveAttached(host, call))
  try {
    yield* runHere(host.kernel, spec.id, asked.args, interrupted)
  } finally {
    // Whoever ran something here meanwhile gets it done, however ours ended.
    await claim.leave()
  }
}
