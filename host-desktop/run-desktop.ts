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
import { createArrival, type KeptInvite } from '@palabre/host-web/waiting-invite'
import type { Text } from '@palabre/sdk'
import { Arrival } from '@palabre/sdk/contract/arrival'
import type { Reply } from '@palabre/sdk/contract/command'
import { LinkOpener } from '@palabre/sdk/contract/link-opener'
import { followPage } from './built-page.ts'
import { desktopHelp, readDesktopArguments, type DesktopArguments } from './desktop-arguments.ts'
import { linkIn } from './link-argument.ts'
import { linuxLinks } from './linux-links.ts'
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
  const claimed = await claimOrShow(globals, { want, link: wanted.link }, interrupt.signal)
  if ('shown' in claimed) return shower.reply(shownReply(claimed.shown, 'again'))
  await using claim = releasing(claimed.claim)
  await runHere(globals, wanted, shower, { claim, signal: interrupt.signal })
}

async function runHere(globals: Globals, wanted: DesktopArguments, shower: Shower, { claim, signal }: Held): Promise<void> {
  const ways = waysToShow(globals.profileDir, wanted)
  const pageDir = join(globals.profileDir, 'page')
  const arrival = createArrival(keptInMemory(wanted.link))
  await using host = stopping(openHost(globals, pageDir, arrival), claim)
  using page = followPage(globals, pageDir, signal, (error) => shower.error(error))
  using _following = host.follow((error) => shower.error(error))
  await host.start()
  const ready = Promise.withResolvers<Front>()
  claim.serve((call) => (call.command === showCommand ? show(ready.promise, arrival.bring, call) : serveAttached(host, call)))
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
async function* show(ready: Promise<Front>, bring: (link: string) => void, { args }: AttachedCall): AsyncGenerator<Reply> {
  const { want, link: said } = args as { want?: unknown; link?: unknown }
  const link = typeof said === 'string' ? linkIn(said) : undefined
  if (link !== undefined) bring(link)
  const front = await ready
  yield { data: await front.show(want === 'window' ? 'window' : 'address') }
}

/** Where there is no way that a person could take back, links are pasted. */
function opensLinks({ profileDir, plugins, profile }: Globals) {
  if (process.platform !== 'linux') return []
  const options = [
    ['--profile-dir', profileDir],
    ...(plugins === undefined ? [] : [['--plugins', plugins]]),
    ...(profile === undefined ? [] : [['--profile', profile]]),
  ]
  const start = [process.execPath, join(import.meta.dirname, 'desktop.ts'), ...options.flat()]
  return [{ token: LinkOpener, value: linuxLinks(start) }]
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

/** For as long as we run: closed with the window, it was decided about or will be clicked again. */
function keptInMemory(first: string | undefined): KeptInvite {
  let now = first
  return { get: () => now, set: (invite) => (now = invite) }
}

function openHost(globals: Globals, pageDir: string, arrival: Arrival): NodeHost {
  const { profileDir, plugins, profile } = globals
  // The page is built later than this is said; a camera is asked for by the browser in any case.
  const config = { pageDir, headers: securityHeadersFor(['camera']) }
  return openNodeHost({
    host: 'desktop',
    profileDir,
    pluginsFile: plugins,
    profile,
    lend: [{ token: Arrival, value: arrival }, ...opensLinks(globals)],
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
