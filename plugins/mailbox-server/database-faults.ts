import { isPalabreError, messageOf, PalabreError, text, type Text } from '@palabre/sdk'
import { limits } from './limits.ts'

/** What the driver throws, in words for a person. None of them tells more of the address than host and user. */
export function faultOf(error: unknown): unknown {
  if (isPalabreError(error)) return error
  const code = String((error as { code?: unknown }).code)
  const said = messageOf(error).replace(/\.?$/, '')
  if (code.startsWith('28')) return fault('denied', refused(said), giveAccess, error)
  if (code === '3D000' || code === '42501') return fault('denied', refused(said), makeDatabase, error)
  if (/^53[12]/.test(code) || code === 'SQLITE_FULL') return fault('storage-failed', full(said), makeRoom, error)
  if (code === '25006' || code.startsWith('SQLITE_READONLY')) return fault('unreachable', readOnly(said), letWrite, error)
  if (code === '53300') return fault('unreachable', crowded(said), makePlace, error)
  if (isAbsence(code, said)) return fault('unreachable', absent(said), startIt, error)
  return fault('storage-failed', failed(said), lookAtLog, error)
}

/** It is not there, or not yet: later it may. */
const isAbsence = (code: string, said: string) => /^(E[A-Z]+|08...|57P0.)$/.test(code) || /timeout|terminated|ended/i.test(said)

export function tooOld(version: number): PalabreError {
  const number = Math.floor(version / 10_000)
  return fault(
    'wrong-version',
    text(`the mailbox’s database is PostgreSQL ${number}`, `la base de la boîte aux lettres est un PostgreSQL ${number}`),
    text('Use 14 or newer.', 'Prenez la version 14 ou une plus récente.'),
  )
}

export function tooNew(cause: unknown): PalabreError {
  return fault(
    'wrong-version',
    text('a newer Palabre wrote the mailbox’s database', 'un Palabre plus récent a écrit la base de la boîte aux lettres'),
    text('Use that version again, or a newer one.', 'Reprenez cette version, ou une plus récente.'),
    cause,
  )
}

const refused = (said: string) =>
  text(`the mailbox’s database refuses us: ${said}`, `la base de la boîte aux lettres nous refuse : ${said}`)
const giveAccess = text(
  'Correct user and password in “database”, or the access rules of the server (pg_hba.conf).',
  'Corrigez l’utilisateur et le mot de passe dans « database », ou les règles d’accès du serveur (pg_hba.conf).',
)
const makeDatabase = text(
  'Create the database and make that user its owner: CREATE DATABASE … OWNER …',
  'Créez la base et donnez-la à cet utilisateur : CREATE DATABASE … OWNER …',
)
const full = (said: string) =>
  text(`the mailbox’s database is full: ${said}`, `la base de la boîte aux lettres est pleine : ${said}`)
const makeRoom = text('Nothing was lost. Make room on its disk.', 'Rien n’est perdu. Libérez de la place sur son disque.')
const readOnly = (said: string) =>
  text(`the mailbox’s database can only be read: ${said}`, `la base de la boîte aux lettres est en lecture seule : ${said}`)
const letWrite = text(
  'Let it be written to, or, where it is the copy of another one, name that one in “database”; it is tried again by itself.',
  'Permettez d’y écrire ou, si elle est la copie d’une autre, nommez celle-ci dans « database » ; de nouveaux essais suivent d’eux-mêmes.',
)
const crowded = (said: string) =>
  text(
    `the mailbox’s database takes no more connections: ${said}`,
    `la base de la boîte aux lettres n’accepte plus de connexions : ${said}`,
  )
const makePlace = text(
  `Each relay wants up to ${limits.connections + 1}: raise max_connections, or the limit of its user; it is tried again by itself.`,
  `Chaque relais en veut jusqu’à ${limits.connections + 1} : augmentez max_connections, ou la limite de son utilisateur ; de nouveaux essais suivent d’eux-mêmes.`,
)
const absent = (said: string) =>
  text(`the mailbox’s database cannot be reached: ${said}`, `la base de la boîte aux lettres est injoignable : ${said}`)
const startIt = text(
  'Start it, or correct the address in “database”; it is tried again by itself.',
  'Démarrez-la, ou corrigez l’adresse dans « database » ; de nouveaux essais suivent d’eux-mêmes.',
)
const failed = (said: string) =>
  text(`the mailbox’s database failed: ${said}`, `la base de la boîte aux lettres a échoué : ${said}`)
const lookAtLog = text(
  'Look at the log of the database server, or at the disk that holds its file.',
  'Consultez le journal du serveur de base de données, ou le disque qui porte son fichier.',
)

function fault(code: ConstructorParameters<typeof PalabreError>[0], what: Text, todo: Text, cause?: unknown): PalabreError {
  return new PalabreError(code, what, { todo, ...(cause === undefined ? {} : { cause }) })
}
