import { PalabreError, text } from '@palabre/sdk'
import { readFileSync } from 'node:fs'

/** Where the mailbox keeps what it keeps: a file of its own, or the address of a PostgreSQL, which holds a password. */
export type DatabaseAddress = { readonly kind: 'sqlite' } | { readonly kind: 'postgres'; readonly url: string }

/** From the settings: the address itself, or `env:NAME` or `file:/path` for where it stands, so that no secret is in plugins.json. */
export function readDatabaseAddress(said: string, env: NodeJS.ProcessEnv = process.env): DatabaseAddress {
  if (said === 'sqlite') return { kind: 'sqlite' }
  const url = said.startsWith('env:')
    ? fromEnvironment(said.slice(4), env)
    : said.startsWith('file:')
      ? fromFile(said.slice(5))
      : said
  if (!/^postgres(ql)?:\/\/\S+$/.test(url) || !URL.canParse(url)) throw noAddress(said)
  return { kind: 'postgres', url }
}

function fromEnvironment(name: string, env: NodeJS.ProcessEnv): string {
  const value = env[name]?.trim()
  if (value !== undefined && value !== '') return value
  throw new PalabreError(
    'bad-settings',
    text(`the environment variable ${name} is empty`, `la variable d’environnement ${name} est vide`),
    {
      todo: text(`Set it to ${example}.`, `Donnez-lui la valeur ${example}.`),
    },
  )
}

function fromFile(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new PalabreError('bad-settings', text(`${path} cannot be read: ${code}`, `${path} ne peut être lu : ${code}`), {
      todo: text(`Write ${example} into it.`, `Écrivez-y ${example}.`),
    })
  }
}

/** What was found may hold a password, and is not repeated. */
function noAddress(said: string): PalabreError {
  const where = /^(env|file):/.test(said) ? said : '“database”'
  return new PalabreError(
    'bad-settings',
    text(`${where} holds no address of a PostgreSQL`, `${where} ne contient pas l’adresse d’un PostgreSQL`),
    {
      todo: text(`Write ${example}, env:NAME or file:/path.`, `Écrivez ${example}, env:NOM ou file:/chemin.`),
    },
  )
}

const example = 'postgres://HOST/DATABASE'
