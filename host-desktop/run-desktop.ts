import { once } from 'node:events'
import { join } from 'node:path'
import {
  createShower,
  exitCodeOf,
  openNodeHost,
  openSettingsFiles,
  readGlobals,
  serveAttached,
  untilInterrupted,
  type AttachedCall,
  type Claim,
  type Globals,
  type NodeHost,
  type Shower,
} from '@palabre/host-cli/node-host'
import { securityHeadersFor } from '@palabre/host-web/headers'
import type { Text } from '@palabre/sdk'
import type { Reply } from '@palabre/sdk/contract/command'
import { followPage } from './built-page.ts'
import { desktopHelp, readDesktopArguments, type DesktopArguments } from './desktop-arguments.ts'
import { openFront, type Front } from './front.ts'
import { claimOrShow, showCommand } from './other-desktop.ts'
import { building, shownReply, windowLost } from './sentences.ts'
import { waysToShow } from './ways-to-show.ts'

/** One run of `npm start`; answers with the exit code. */
export async function runDesktop(argv: readonly string[]): Promise<number> {
  let shower = createShower('en', argv.includes('--json'))
  try {
    const globals = readGlobals(argv)
    shower = createShower(globals.language, globals.json)
    const wanted = readDesktopArguments(globals.rest)
    if (wanted.help) shower.reply({ data: undefined, text: desktopHelp })
    else await startOrJoin(globals, wanted, shower)
    return 0
  } catch (error) {
    shower.error(error)
    return exitCodeOf(error)
  }
}

/** There is one Palabre for each profile folder: the first one runs, the others ask it to show itself. */
async function startOrJoin(globals: Globals, wanted: DesktopArguments, shower: Shower): Promise<void> {
  using interrupt = untilInterrupted()
  const want = wanted.window && !globals.json ? 'window' : 'address'
  const claimed = await claimOrShow(globals, want, interrupt.signal)
  if ('shown' in claimed) return shower.reply(shownReply(claimed.shown, 'again'))
  await using claim = releasing(claimed.claim)
  await runHere(globals, wanted, shower, { claim, signal: interrupt.signal })
}

async function runHere(globals: Globals, wanted: DesktopArguments, shower: Shower, { claim, signal }: Held): Promise<void> {
  const ways = waysToShow(globals.profileDir, wanted)
  const pageDir = join(globals.profileDir, 'page')
  await using host = stopping(openHost(globals, pageDir), claim)
  using page = followPage(globals, pageDir, signal, (error) => shower.error(error))
  using _following = host.follow((error) => shower.error(error))
  await host.start()
  const ready = Promise.withResolvers<Front>()
  claim.serve((call) => (call.command === showCommand ? show(ready.promise, call) : serveAttached(host, call)))
  await whileBuilding(page.built, globals)
  if (signal.aborted) return

  await using front = openFront(host.kernel, ways, {
    shown: (shown) => shower.reply(shownReply(shown, 'first')),
    lost: () => tell(globals, windowLost),
  })
  await front.open(globals.json)
  ready.resolve(front)
  await Promise.race([aborted(signal), front.closedByPerson])
}

interface Held {
  readonly claim: Claim
  readonly signal: AbortSignal
}

/** Whoever asks before the window is there waits. */
async function* show(ready: Promise<Front>, { args }: AttachedCall): AsyncGenerator<Reply> {
  const { want } = args as { want?: unknown }
  const front = await ready
  yield { data: await front.show(want === 'window' ? 'window' : 'address') }
}

function releasing(claim: Claim): Claim & AsyncDisposable {
  return {
    ...claim,
    async [Symbol.asyncDispose]() {
      await claim.close()
      claim.release()
    },
  }
}

function openHost(globals: Globals, pageDir: string): NodeHost {
  const { profileDir, plugins, profile } = globals
  // The page is built later than this is said; a camera is asked for by the browser in any case.
  const config = { pageDir, headers: securityHeadersFor(['camera']) }
  return openNodeHost({
    host: 'desktop',
    profileDir,
    pluginsFile: plugins,
    profile,
    // Named like the person's own file: what is wrong with the rest of this plugin's settings was said there.
    overlay: {
      source: openSettingsFiles(profileDir, plugins).own,
      json: JSON.stringify({ plugins: { 'port-loopback': { config } } }),
    },
  })
}

/** Those who run something here are told first. */
function stopping(host: NodeHost, claim: Claim): NodeHost & AsyncDisposable {
  return {
    ...host,
    async [Symbol.asyncDispose]() {
      await claim.close()
      await host.stop()
    },
  }
}

/** A word only when there is something to wait for. */
async function whileBuilding(built: Promise<void>, globals: Globals): Promise<void> {
  const timer = setTimeout(() => tell(globals, building), 400)
  await built.finally(() => clearTimeout(timer))
}

/** For people; programs read standard output. */
function tell({ language, json }: Globals, said: Text): void {
  if (!json) process.stderr.write(`${said[language]}\n`)
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort')
}
