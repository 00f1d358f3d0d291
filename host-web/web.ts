import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  createShower,
  exitCodeOf,
  projectRoot,
  readGlobals,
  untilInterrupted,
  openSettingsFiles,
  type Globals,
} from '@palabre/host-cli/node-host'
import { buildPage } from './build.ts'
import { startSmallRelay, type SmallRelay } from './first-contact.ts'
import { lanAddresses } from './lan-addresses.ts'
import { listenForPage } from './listen.ts'
import { openCertificate } from './own-certificate.ts'
import { whereItIs } from './where-it-is.ts'
import { readWebArguments, webHelp, type WebArguments } from './web-arguments.ts'

process.exitCode = await runWeb(process.argv.slice(2))

/** One run of `npm run web`: builds the page when something changed, serves it until Ctrl-C, answers with the exit code. */
async function runWeb(argv: readonly string[]): Promise<number> {
  let shower = createShower('en', argv.includes('--json'))
  try {
    const globals = readGlobals(argv)
    shower = createShower(globals.language, globals.json)
    const { help, ...rest } = readWebArguments(globals.rest)
    if (help) shower.reply({ data: undefined, text: webHelp })
    else await serve(globals, shower.reply, rest)
    return 0
  } catch (error) {
    shower.error(error)
    return exitCodeOf(error)
  }
}

type Say = ReturnType<typeof createShower>['reply']

async function serve(globals: Globals, say: Say, { port, host, https, out, relay }: Omit<WebArguments, 'help'>): Promise<void> {
  using interrupt = untilInterrupted()
  const outDir = out ?? join(projectRoot, 'dist', 'web')
  const { dir, permissions } = await buildPage({ plugins: ownSettings(globals), profile: globals.profile, outDir })
  const small = Promise.withResolvers<SmallRelay>()
  const coming: Pick<SmallRelay, 'seenFrom' | 'port'> = {
    seenFrom: async (hostname) => (await small.promise).seenFrom(hostname),
    port: async () => (await small.promise).port(),
  }
  const addresses = host === '0.0.0.0' ? lanAddresses() : [host]
  const certificate = https ? await openCertificate(join(globals.profileDir, 'web-certificate.json'), addresses) : undefined
  await using page = await listenForPage(dir, { port, host, permissions, certificate, relay: relay ? coming : undefined })
  const behind = https ? { port: Number(new URL(page.address).port), addresses } : undefined
  await using started = relay
    ? await startSmallRelay({ profileDir: join(globals.profileDir, 'web-relay'), host, behind })
    : undefined
  if (started !== undefined) small.resolve(started)
  say(whereItIs(page.address, { addresses, certificate }))
  if (interrupt.signal.aborted) return
  await new Promise((resolve) => interrupt.signal.addEventListener('abort', resolve, { once: true }))
}

/** Read once here, so that a file named in vain is told as everywhere. */
function ownSettings({ profileDir, plugins }: Globals): string[] {
  const files = openSettingsFiles(profileDir, plugins)
  files.read()
  return existsSync(files.own) ? [files.own] : []
}
