import { resolve } from 'node:path'
import { PalabreError, text, type Language, type Text } from '@palabre/sdk'
import { defaultProfileDir } from './places.ts'

/** What every verb understands, wherever it stands on the line; needed before the verbs themselves are known. */
export interface Globals {
  readonly profileDir: string
  readonly plugins: string | undefined
  readonly profile: string | undefined
  readonly language: Language
  readonly json: boolean
  /** Whether to run in the Palabre that holds the profile: always, never, or where it is needed. */
  readonly attach: 'always' | 'never' | 'as-needed'
  readonly verbose: boolean
  /** `palabre` alone never moves the cursor back, as screen readers want it, and converses without a terminal too. */
  readonly plain: boolean
  /** The line without them. */
  readonly rest: readonly string[]
}

export interface GlobalOption {
  readonly flag: string
  /** How its value is called; an option without one is a switch. */
  readonly value: Text | undefined
  readonly title: Text
  /** Both as a line of help begins. */
  readonly flags: string
}

export const globalOptions: readonly GlobalOption[] = [
  option('--profile-dir', text('dir', 'dossier'), text('where your own files live', 'où vivent vos propres fichiers')),
  option(
    '--plugins',
    text('file', 'fichier'),
    text('this plugins.json in place of your own', 'ce plugins.json à la place du vôtre'),
  ),
  option('--profile', text('name', 'nom'), text('a profile of plugins.json', 'un profil de plugins.json')),
  option('--lang', text('en|fr', 'en|fr'), text('the language of answers', 'la langue des réponses')),
  option('--json', undefined, text('answers as JSON, a line each', 'réponses en JSON, une par ligne')),
  option('--attach', undefined, text('run in the Palabre that is up', 'exécuter dans le Palabre en marche')),
  option('--no-attach', undefined, text('never run in another Palabre', 'ne jamais exécuter dans un autre Palabre')),
  option('--verbose', undefined, text('say where a command runs', 'dire où s’exécute une commande')),
  option(
    '--plain',
    undefined,
    text('alone: line after line, for screen readers', 'seule : ligne après ligne, pour lecteurs d’écran'),
  ),
]

const switches = globalOptions.filter(({ value }) => value === undefined).map(({ flag }) => flag)
const withValue = globalOptions.filter(({ value }) => value !== undefined).map(({ flag }) => flag)

export function readGlobals(argv: readonly string[], env: NodeJS.ProcessEnv = process.env): Globals {
  const { given, on, rest } = split(argv, noValue)
  if (on.has('--attach') && on.has('--no-attach')) throw bothWays()
  const profileDir = given.get('--profile-dir')
  const plugins = given.get('--plugins')
  return {
    profileDir: profileDir === undefined ? defaultProfileDir(env) : resolve(profileDir),
    plugins: plugins === undefined ? undefined : resolve(plugins),
    profile: given.get('--profile'),
    language: languageOf(given.get('--lang'), env) ?? notALanguage(given.get('--lang')),
    json: on.has('--json'),
    attach: on.has('--attach') ? 'always' : on.has('--no-attach') ? 'never' : 'as-needed',
    verbose: on.has('--verbose'),
    plain: on.has('--plain'),
    rest,
  }
}

/** In which form to say that the line itself cannot be read. */
export function howToComplain(argv: readonly string[], env: NodeJS.ProcessEnv = process.env): Pick<Globals, 'language' | 'json'> {
  const { given, on } = split(argv, () => '')
  return { language: languageOf(given.get('--lang'), env) ?? systemLanguage(env), json: on.has('--json') }
}

/** The words without the global options and their values. */
export function withoutGlobals(words: readonly string[]): readonly string[] {
  return split(words, () => '').rest
}

function option(flag: string, value: Text | undefined, title: Text): GlobalOption {
  return { flag, value, title, flags: value === undefined ? flag : `${flag} <${value.en}>` }
}

function split(argv: readonly string[], noValue: (name: string) => string) {
  const given = new Map<string, string>()
  const rest: string[] = []
  const on = new Set<string>()
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!
    const [name, inline] = splitOnce(word, '=')
    if (word === '--') {
      rest.push(...argv.slice(i))
      break
    } else if (switches.includes(word)) on.add(word)
    else if (!withValue.includes(name)) rest.push(word)
    else if (inline !== undefined) given.set(name, inline === '' ? noValue(name) : inline)
    // What looks like the next option is not the value of this one.
    else given.set(name, /^(?!--)./s.test(argv[i + 1] ?? '') ? argv[++i]! : noValue(name))
  }
  return { given, on, rest }
}

function languageOf(given: string | undefined, env: NodeJS.ProcessEnv): Language | undefined {
  if (given === undefined) return systemLanguage(env)
  return given === 'fr' || given === 'en' ? given : undefined
}

function systemLanguage(env: NodeJS.ProcessEnv): Language {
  const system = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || ''
  return system.startsWith('fr') ? 'fr' : 'en'
}

function notALanguage(given = ''): never {
  throw new PalabreError(
    'bad-argument',
    text(`--lang is "en" or "fr", not "${given}"`, `--lang vaut « en » ou « fr », pas « ${given} »`),
  )
}

function splitOnce(word: string, mark: string): [string, string | undefined] {
  const at = word.indexOf(mark)
  return at === -1 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)]
}

function noValue(name: string): never {
  throw new PalabreError('bad-argument', text(`${name} wants a value`, `${name} demande une valeur`))
}

function bothWays(): PalabreError {
  return new PalabreError(
    'bad-argument',
    text('--attach and --no-attach contradict each other', '--attach et --no-attach se contredisent'),
  )
}
