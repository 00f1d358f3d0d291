import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { globalOptions } from '@palabre/host-cli/node-host'
import { linkIn } from './link-argument.ts'
import { messageOf, PalabreError, text, type Language, type Text } from '@palabre/sdk'

export interface DesktopArguments {
  readonly help: boolean
  /** False: print the address and open nothing. */
  readonly window: boolean
  /** The browser to use in place of one that is found. */
  readonly browser: string | undefined
  /** A link of somebody, as the system hands it over. */
  readonly link: string | undefined
}

/** What is left of the line once the options that every host knows are taken out. */
export function readDesktopArguments(rest: readonly string[]): DesktopArguments {
  const { values, positionals } = parse(rest)
  const { help, browser, 'no-window': noWindow } = values
  return {
    help: help === true,
    window: noWindow !== true,
    browser: browser === undefined ? undefined : existing(browser),
    link: positionals.length === 0 ? undefined : oneLink(positionals),
  }
}

function parse(rest: readonly string[]) {
  const options = { help: { type: 'boolean', short: 'h' }, 'no-window': { type: 'boolean' }, browser: { type: 'string' } } as const
  try {
    return parseArgs({ args: [...rest], options, strict: true, allowPositionals: true })
  } catch (error) {
    throw wrong(text(messageOf(error), `l’argument ne se comprend pas : ${messageOf(error)}`))
  }
}

function oneLink([said, ...more]: readonly string[]): string {
  const link = said === undefined || more.length > 0 ? undefined : linkIn(said)
  if (link !== undefined) return link
  throw wrong(
    text(
      'what stands there is no palabre: link, or part of it is missing',
      'ce n’est pas un lien palabre:, ou il en manque une partie',
    ),
  )
}

function existing(browser: string): string {
  const file = resolve(browser)
  if (existsSync(file)) return file
  throw wrong(text(`there is no browser ${file}`, `il n’y a pas de navigateur ${file}`))
}

function wrong(what: Text): PalabreError {
  return new PalabreError('bad-argument', what, { todo: text('See: npm start -- --help', 'Voyez : npm start -- --help') })
}

const ownOptions: readonly { flags: string; title: Text }[] = [
  {
    flags: '--no-window',
    title: text('print an address to open by hand', 'afficher une adresse à ouvrir à la main'),
  },
  {
    flags: '--browser <file>',
    title: text('this Chromium-like browser for the window', 'ce navigateur de la famille Chromium pour la fenêtre'),
  },
]

export const desktopHelp: Text = text(helpIn('en'), helpIn('fr'))

function helpIn(language: Language): string {
  const head = text(
    'npm start -- [options] [palabre:invite#…]\n\nStarts Palabre on this machine and opens its window.',
    'npm start -- [options] [palabre:invite#…]\n\nDémarre Palabre sur cette machine et ouvre sa fenêtre.',
  )
  const rows = [...ownOptions, ...globalOptions].map(({ flags, title }) => `  ${flags.padEnd(22)}${title[language]}`)
  return [head[language], '', ...rows].join('\n')
}
