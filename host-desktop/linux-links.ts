import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { PalabreError, messageOf, text } from '@palabre/sdk'
import type { LinkOpener } from '@palabre/sdk/contract/link-opener'

/** How this Palabre is started again, without the link: program, file, options. */
export type StartLine = readonly string[]

const desktopId = 'palabre.desktop'
const scheme = 'x-scheme-handler/palabre'
const groups = ['[Default Applications]', '[Added Associations]']

/**
 * As the desktops of Linux agree on it: a file that says how we are started, and a line in the person's `mimeapps.list` that gives us the
 * links. Both lie in the home of the person, and nothing needs to be installed.
 */
export function linuxLinks(start: StartLine, env: NodeJS.ProcessEnv = process.env): LinkOpener {
  const entry = join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'applications', desktopId)
  const list = join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'mimeapps.list')
  const isOurEntry = async () => (await read(entry)) === entryText(start)
  return {
    async state() {
      const chosen = chosenIn(await read(list))
      if (chosen === desktopId && (await isOurEntry())) return 'ours'
      return chosen === undefined ? 'nobody' : 'others'
    },
    async register() {
      await write(entry, entryText(start))
      await write(list, withChoice(await read(list)))
    },
    async unregister() {
      if (!(await isOurEntry())) return
      await rm(entry, { force: true })
      await write(list, withoutChoice(await read(list)))
    },
  }
}

function entryText(start: StartLine): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Palabre',
    'Comment=Private conversation without a centre',
    'Comment[fr]=La conversation privée, sans centre',
    `Exec=${start.map(quoted).join(' ')} %u`,
    'Terminal=false',
    'NoDisplay=true',
    `MimeType=${scheme};`,
    '',
  ].join('\n')
}

/** As the Desktop Entry Specification quotes an argument; a line of its own would begin another key. */
function quoted(argument: string): string {
  if (/[\n\r]/.test(argument)) throw unwritable(new Error('a line break in a path'))
  const inQuotes = argument.replace(/["`$\\]/g, (sign) => `\\${sign}`).replaceAll('%', '%%')
  // The whole line is read as a string once more.
  return `"${inQuotes.replaceAll('\\', '\\\\')}"`
}

/** The first program named in the group of defaults. */
function chosenIn(list: string): string | undefined {
  const lines = groupIn(list, groups[0]!)
  const line = lines.find((one) => one.startsWith(`${scheme}=`))
  return line
    ?.slice(scheme.length + 1)
    .split(';')
    .find((id) => id !== '')
}

function groupIn(list: string, group: string): string[] {
  const lines = list.split('\n')
  const from = lines.indexOf(group)
  if (from === -1) return []
  const length = lines.slice(from + 1).findIndex((line) => line.startsWith('['))
  return lines.slice(from + 1, length === -1 ? undefined : from + 1 + length)
}

function withChoice(list: string): string {
  return groups
    .reduce((lines, group) => {
      const all = lines.includes(group) ? lines : [...lines.filter((line, at) => line !== '' || at < lines.length - 1), group, '']
      return all.toSpliced(all.indexOf(group) + 1, 0, `${scheme}=${desktopId}`)
    }, withoutChoice(list).split('\n'))
    .join('\n')
}

/** Our lines are gone; those of others stay as they are. */
function withoutChoice(list: string): string {
  return list
    .split('\n')
    .filter((line) => line !== `${scheme}=${desktopId}` && line !== `${scheme}=${desktopId};`)
    .join('\n')
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw unwritable(error)
  }
}

async function write(file: string, content: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
  } catch (error) {
    throw unwritable(error)
  }
}

function unwritable(cause: unknown): PalabreError {
  return new PalabreError(
    'storage-failed',
    text(
      `links cannot be given to Palabre: ${messageOf(cause)}`,
      `les liens ne peuvent être confiés à Palabre : ${messageOf(cause)}`,
    ),
    { cause },
  )
}
