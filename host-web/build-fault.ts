import { relative, sep } from 'node:path'
import { messageOf, PalabreError, text } from '@palabre/sdk'
import type { PagePlugin } from './page-plugins.ts'

/** A page that cannot be bundled is the fault of the plugin whose file is named, or ours. */
export function faultOfBuild(error: unknown, plugins: readonly PagePlugin[]): PalabreError {
  const message = plain(messageOf(error))
  // The bundler names a file that is near by its path from here, and any other in full.
  const namesOf = (folder: string) => [folder + sep, ` ${relative(process.cwd(), folder)}${sep}`]
  const owner = plugins.find(({ folder }) => namesOf(folder).some((name) => message.includes(name)))
  if (owner === undefined) {
    return new PalabreError(
      'internal',
      text(`the page cannot be built: ${message}`, `la page ne peut être construite : ${message}`),
      {
        cause: error,
      },
    )
  }
  return new PalabreError(
    'bad-plugin',
    text(`${owner.id} cannot be built into the page: ${message}`, `${owner.id} ne peut entrer dans la page : ${message}`),
    {
      plugin: owner.id,
      cause: error,
      todo: text(
        `Correct it, or switch ${owner.id} off in plugins.json.`,
        `Corrigez-le, ou désactivez ${owner.id} dans plugins.json.`,
      ),
    },
  )
}

/** Without the colours that the bundler paints for terminals. */
function plain(message: string): string {
  return message.replace(/\u001b\[[0-9;]*m/g, '').trim()
}
