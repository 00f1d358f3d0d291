import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { text } from '@palabre/sdk'
import type { Finding } from '@palabre/sdk/contract/finding'
import type { Globals } from './globals.ts'
import { readNote } from './hold-file.ts'

/** What concerns this machine and the profile folder, before anything has started. */
export function lookAtMachine({ profileDir, plugins, profile }: Globals): readonly Finding[] {
  return [
    node(),
    ...folder(profileDir),
    ...disk(profileDir),
    holder(profileDir),
    settings(plugins ?? join(profileDir, 'plugins.json'), profile),
  ]
}

function node(): Finding {
  const { node: version, sqlite } = process.versions
  const [major = 0] = version.split('.').map(Number)
  const says = text(`Node ${version}, ${process.platform} ${process.arch}`, `Node ${version}, ${process.platform} ${process.arch}`)
  return major >= 24 && sqlite !== undefined
    ? { area: 'node', level: 'good', says }
    : { area: 'node', level: 'setting', says, todo: text('Palabre needs Node 24.', 'Palabre demande Node 24.') }
}

function folder(profileDir: string): Finding[] {
  const area = 'profile'
  if (!existsSync(profileDir)) return [{ area, level: 'note', says: text(`${profileDir} is new`, `${profileDir} est nouveau`) }]
  try {
    accessSync(profileDir, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    return [
      {
        area,
        level: 'setting',
        says: text(`${profileDir} cannot be read and written`, `${profileDir} ne peut être lu et écrit`),
        todo: text(
          'Give yourself the rights, or name another folder: --profile-dir',
          'Donnez-vous les droits, ou nommez un autre dossier : --profile-dir',
        ),
      },
    ]
  }
  const open = process.platform === 'win32' ? [] : guarded.flatMap(({ name, mask }) => openToOthers(join(profileDir, name), mask))
  if (open.length === 0) return [{ area, level: 'good', says: text(profileDir, profileDir) }]
  return [
    {
      area,
      level: 'setting',
      says: text(
        `other users of this machine may open or change ${open.join(', ')}`,
        `d’autres utilisateurs de cette machine peuvent ouvrir ou modifier ${open.join(', ')}`,
      ),
      todo: text(`chmod go= ${open.join(' ')}`, `chmod go= ${open.join(' ')}`),
    },
  ]
}

/** What others must not do with it: nothing at all, or not write where they could put something else in its place. */
const guarded = [
  { name: '.', mask: 0o022 },
  { name: 'plugins.json', mask: 0o022 },
  { name: 'vault.key', mask: 0o077 },
  { name: 'vault.json', mask: 0o077 },
  { name: 'running.json', mask: 0o077 },
]

function openToOthers(file: string, mask: number): string[] {
  return existsSync(file) && (statSync(file).mode & mask) !== 0 ? [file] : []
}

function disk(profileDir: string): Finding[] {
  let there = profileDir
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there)
  const { bavail, bsize } = statfsSync(there)
  const free = Math.floor((bavail * bsize) / 1024 / 1024)
  const says = text(`${free} MiB free`, `${free} Mio libres`)
  if (free >= leastFree) return [{ area: 'disk', level: 'good', says }]
  return [
    {
      area: 'disk',
      level: 'setting',
      says,
      todo: text('Make room: what cannot be kept is not sent.', 'Faites de la place : ce qui ne peut être gardé n’est pas envoyé.'),
    },
  ]
}

const leastFree = 50

function holder(profileDir: string): Finding {
  const note = readNote(profileDir)
  if (note === undefined)
    return {
      area: 'holder',
      level: 'good',
      says: text('no other Palabre is up in this profile', 'aucun autre Palabre n’est en marche dans ce profil'),
    }
  const { host, pid } = note
  return isAlive(pid)
    ? {
        area: 'holder',
        level: 'good',
        says: text(
          `Palabre (${host}, process ${pid}) is up and is asked`,
          `Palabre (${host}, processus ${pid}) est en marche et répond`,
        ),
      }
    : {
        area: 'holder',
        level: 'note',
        says: text(`process ${pid} held the profile and was killed`, `le processus ${pid} tenait le profil et a été tué`),
      }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** They were read before we came here: what does not hold was told then, and ended it. */
function settings(file: string, profile: string | undefined): Finding {
  const over = profile === undefined ? '' : ` + ${profile}`
  return existsSync(file)
    ? { area: 'settings', level: 'good', says: text(`${file}${over} holds`, `${file}${over} est valable`) }
    : { area: 'settings', level: 'good', says: text(`the shipped plugins.json${over}`, `le plugins.json livré${over}`) }
}
