import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { globalOptions } from '@palabre/host-cli/node-host'
import { messageOf, PalabreError, text, type Language, type Text } from '@palabre/sdk'

export interface DesktopArguments {
  readonly help: boolean
  /** False: print the address and open nothing. */
  readonly window: boolean
  /** The browser to use in place of one that is found. */
  readonly browser: string | undefined
}

/** What is left of the line once the options that every host knows are taken out. */
export function readDesktopArguments(rest: readonly string[]): DesktopArguments {
  const { help, browser, 'no-window': noWindow } = parse(rest)
  return { help: help === true, window: noWindow !== true, browser: browser === undefined ? undefined : existing(browser) }
}

function parse(rest: readonly string[]) {
  const options = { help: { type: 'boolean', short: 'h' }, 'no-window': { type: 'boolean' }, browser: { type: 'string' } } as const
  try {
    return parseArgs({ args: [...rest], options, strict: true, allowPositionals: false }).values
  } catch (error) {
    throw wrong(text(messageOf(error), `l’argument ne se comprend pas : ${messageOf(error)}`))
  }
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
    'npm start -- [options]\n\nStarts Palabre on this machine and opens its window.',
    'npm start -- [options]\n\nDémarre Palabre sur cette machine et ouvre sa fenêtre.',
  )
  const rows = [...ownOptions, ...globalOptions].map(({ flags, title }) => `  ${flags.padEnd(22)}${title[language]}`)
  return [head[language], '', ...rows].join('\n')
}
