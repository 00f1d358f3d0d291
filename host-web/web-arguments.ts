import { parseArgs } from 'node:util'
import { globalOptions } from '@palabre/host-cli/node-host'
import { languages, messageOf, PalabreError, text, type Language, type Text } from '@palabre/sdk'

export interface WebArguments {
  readonly help: boolean
  /** Undefined: the usual one, or any when that is taken. */
  readonly port: number | undefined
  readonly host: string
  /** Over HTTPS, with a certificate that this server has made itself. */
  readonly https: boolean
  /** Where the built page goes; undefined: the usual folder. */
  readonly out: string | undefined
  /** Whether a small relay runs beside the page. */
  readonly relay: boolean
}

/** What is left of the line once the options that every host knows are taken out. */
export function readWebArguments(rest: readonly string[]): WebArguments {
  const { help, port, host, lan, https, out, 'no-relay': noRelay } = parse(rest)
  return {
    help: help === true,
    port: port === undefined ? undefined : portOf(port),
    host: host ?? (lan === true ? '0.0.0.0' : '127.0.0.1'),
    https: https === true || lan === true,
    out,
    relay: noRelay !== true,
  }
}

function parse(rest: readonly string[]) {
  const wanted = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  const options = {
    help: { type: 'boolean', short: 'h' },
    port: wanted,
    host: wanted,
    lan: flag,
    https: flag,
    out: wanted,
    'no-relay': flag,
  } as const
  try {
    return parseArgs({ args: [...rest], options, strict: true, allowPositionals: false }).values
  } catch (error) {
    throw wrong(text(messageOf(error), `l’argument ne se comprend pas : ${messageOf(error)}`))
  }
}

function portOf(typed: string): number {
  const port = Number(typed)
  if (/^\d+$/.test(typed) && port <= 65_535) return port
  throw wrong(
    text(`--port wants a number from 0 to 65535, not "${typed}"`, `--port demande un nombre de 0 à 65535, pas « ${typed} »`),
  )
}

function wrong(what: Text): PalabreError {
  return new PalabreError('bad-argument', what, { todo: text('See: npm run web -- --help', 'Voyez : npm run web -- --help') })
}

const options: readonly { flags: string; title: Text }[] = [
  {
    flags: '--port <number>',
    title: text('where to listen; without it 7252, or a free one', 'où écouter ; sans cela 7252, ou un port libre'),
  },
  {
    flags: '--host <address>',
    title: text('for whom to listen; without it only this machine', 'pour qui écouter ; sans cela cette machine seulement'),
  },
  {
    flags: '--lan',
    title: text('for other machines in the network, over HTTPS', 'pour d’autres machines du réseau, en HTTPS'),
  },
  {
    flags: '--https',
    title: text(
      'with a certificate made here; browsers warn about it once',
      'avec un certificat fait ici ; les navigateurs en avertissent une fois',
    ),
  },
  {
    flags: '--out <dir>',
    title: text('where the built page goes; without it dist/web', 'où va la page construite ; sans cela dist/web'),
  },
  {
    flags: '--no-relay',
    title: text('without the small relay where browsers first meet', 'sans le petit relais où les navigateurs se rencontrent'),
  },
  ...globalOptions.filter(({ flags }) => flags !== '--json'),
]

export const webHelp: Text = Object.fromEntries(languages.map((language) => [language, helpIn(language)])) as Record<
  Language,
  string
>

function helpIn(language: Language): string {
  const head = text(
    'npm run web -- [options]\n\nBuilds the page from plugins.json and serves it.',
    'npm run web -- [options]\n\nConstruit la page d’après plugins.json et la sert.',
  )
  const rows = options.map(({ flags, title }) => `  ${flags.padEnd(22)}${title[language]}`)
  return [head[language], '', ...rows].join('\n')
}
