import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { PalabreError, text } from '@palabre/sdk'
import { bundlePage } from './bundle.ts'
import { faultOfBuild } from './build-fault.ts'
import { isFresh, readStamp, writeStamp } from './build-stamp.ts'
import { addServiceWorker, workerFile } from './offline.ts'
import { choosePagePlugins } from './page-plugins.ts'
import { firstContactFile } from './tell-relay.ts'
import { manifestFile } from './web-manifest.ts'

export interface PageOptions {
  /** Files laid over the shipped plugins.json, in this order. */
  readonly plugins: string | readonly string[]
  readonly profile?: string | undefined
  readonly outDir: string
}

export interface BuiltPage {
  readonly dir: string
  /** Relative to `dir`: `index.html`, and under `assets` everything else. */
  readonly files: readonly string[]
  /** What its plugins ask for in their manifests. */
  readonly permissions: readonly string[]
  /** False when nothing had changed since it was built last. */
  readonly isNew: boolean
}

/**
 * Builds the page with the plugins that plugins.json says, unless it is there already and nothing it was made of has changed.
 * The folder holds either the page of before or the new one, never a half.
 */
export async function buildPage({ plugins, profile, outDir }: PageOptions): Promise<BuiltPage> {
  const dir = resolve(outDir)
  const chosen = choosePagePlugins([plugins].flat(), profile)
  const { permissions } = chosen
  const before = readStamp(dir)
  if (before !== undefined && isFresh(before, chosen, dir)) return { dir, files: before.files, permissions, isNew: false }

  refuseOthers(dir)
  mkdirSync(dirname(dir), { recursive: true })
  const workshop = mkdtempSync(join(dirname(dir), '.page-'))
  try {
    const { files, inputs } = await bundlePage(chosen, join(workshop, 'page')).catch((error: unknown) => {
      throw faultOfBuild(error, chosen.plugins)
    })
    const all = chosen.standsAlone ? [...files, await addServiceWorker(join(workshop, 'page'), files, permissions)] : files
    swap(join(workshop, 'page'), dir, join(workshop, 'before'))
    writeStamp(dir, { chosen, files: all, inputs })
    return { dir, files: all, permissions, isNew: true }
  } finally {
    rmSync(workshop, { recursive: true, force: true })
  }
}

/** What is built replaces the folder, so it must hold a page and nothing else. */
function refuseOthers(dir: string): void {
  const stranger = existsSync(dir) ? readdirSync(dir).find((name) => !pageNames.has(name)) : undefined
  if (stranger === undefined) return
  throw new PalabreError(
    'bad-argument',
    text(`${dir} holds "${stranger}", which is no part of the page`, `${dir} contient « ${stranger} », qui n’est pas de la page`),
    {
      todo: text('Name an empty folder, or one that does not exist.', 'Nommez un dossier vide, ou qui n’existe pas.'),
    },
  )
}

const pageNames = new Set(['index.html', 'assets', firstContactFile, manifestFile, workerFile])

function swap(built: string, dir: string, aside: string): void {
  if (existsSync(dir)) renameSync(dir, aside)
  renameSync(built, dir)
}
