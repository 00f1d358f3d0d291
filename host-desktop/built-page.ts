import { fork } from 'node:child_process'
import { join } from 'node:path'
import { openSettingsFiles, type Globals } from '@palabre/host-cli/node-host'
import { PalabreError, text } from '@palabre/sdk'
import { wireToError, type WireError } from '@palabre/sdk/contract/port-wire'

export interface BuildOrder {
  readonly plugins: readonly string[]
  readonly outDir: string
}

export type BuildOutcome = { readonly isNew: boolean } | { readonly error: WireError }

export interface FollowedPage extends Disposable {
  /** Rejects when there is no page to show. */
  readonly built: Promise<void>
}

/** Builds the page now, and again when plugins.json says that there is more or less in it. */
export function followPage(
  { profileDir, plugins }: Pick<Globals, 'profileDir' | 'plugins'>,
  outDir: string,
  signal: AbortSignal,
  onFault: (error: unknown) => void,
): FollowedPage {
  const files = openSettingsFiles(profileDir, plugins)
  const build = () => buildApart({ plugins: [files.own], outDir }, signal).catch(unlessAborted)
  const unlessAborted = (error: unknown) => {
    if (!signal.aborted) throw error
  }
  const built = build()
  let turn: Promise<void> = built.catch(() => undefined)
  const following = files.follow(() => {
    turn = turn.then(build).catch(onFault)
  })
  return { built, [Symbol.dispose]: () => following[Symbol.dispose]() }
}

/** In a process of its own: the bundler is large, and does not live where nobody can change what objects inherit. */
async function buildApart(order: BuildOrder, signal: AbortSignal): Promise<void> {
  const child = fork(join(import.meta.dirname, 'build-page.ts'), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], signal })
  const outcome = Promise.withResolvers<BuildOutcome>()
  child.once('message', outcome.resolve)
  child.once('error', outcome.reject)
  child.once('exit', (code) => outcome.reject(died(code)))
  child.send(order)
  const result = await outcome.promise
  if ('error' in result) throw wireToError(result.error)
}

function died(code: number | null): PalabreError {
  return new PalabreError(
    'internal',
    text(`building the page ended early (${code ?? 'killed'})`, `la construction de la page s’est arrêtée (${code ?? 'tuée'})`),
  )
}
