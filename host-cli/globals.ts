import { resolve } from 'node:path'
import { PalabreError, text, type Language } from '@palabre/sdk'
import { defaultProfileDir } from './places.ts'

/** What every verb understands, wherever it stands on the line; needed before the verbs themselves are known. */
export interface Globals {
  readonly profileDir: string
  readonly plugins: string | undefined
  readonly profile: string | undefined
  readonly language: Language
  readonly json: boolean
  /** The line without them. */
  readonly rest: readonly string[]
}

export const globalOptions = [
  { flags: '--profile-dir <dir>', title: text('where your own files live', 'où vivent vos propres fichiers') },
  { flags: '--plugins <file>', title: text('this plugins.json in place of your own', 'ce plugins.json à la place du vôtre') },
  { flags: '--profile <name>', title: text('a profile of plugins.json', 'un profil de plugins.json') },
  { flags: '--lang <fr|en>', title: text('the language of answers', 'la langue des réponses') },
  { flags: '--json', title: text('answers as JSON, a line each', 'réponses en JSON, une par ligne') },
] as const

const withValue = ['--profile-dir', '--plugins', '--profile', '--lang']

export function readGlobals(argv: readonly string[], env: NodeJS.ProcessEnv = process.env): Globals {
  const given = new Map<string, string>()
  const rest: string[] = []
  let json = false
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!
    const [name = '', inline] = splitOnce(word, '=')
    if (word === '--') {
      rest.push(...argv.slice(i))
      break
    } else if (word === '--json') json = true
    else if (!withValue.includes(name)) rest.push(word)
    else given.set(name, inline ?? argv[++i] ?? noValue(name))
  }
  const profileDir = given.get('--profile-dir')
  const plugins = given.get('--plugins')
  return {
    profileDir: profileDir === undefined ? defaultProfileDir(env) : resolve(profileDir),
    plugins: plugins === undefined ? undefined : resolve(plugins),
    profile: given.get('--profile'),
    language: languageOf(given.get('--lang'), env),
    json,
    rest,
  }
}

function languageOf(given: string | undefined, env: NodeJS.ProcessEnv): Language {
  if (given === 'fr' || given === 'en') return given
  if (given !== undefined) {
    throw new PalabreError(
      'bad-argument',
      text(`--lang is "fr" or "en", not "${given}"`, `--lang vaut « fr » ou « en », pas « ${given} »`),
    )
  }
  const system = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || ''
  return system.startsWith('fr') ? 'fr' : 'en'
}

function splitOnce(word: string, mark: string): [string, string | undefined] {
  const at = word.indexOf(mark)
  return at === -1 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)]
}

function noValue(name: string): never {
  throw new PalabreError('bad-argument', text(`${name} wants a value`, `${name} demande une valeur`))
}
