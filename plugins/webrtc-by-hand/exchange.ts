import { access, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { PalabreError, text } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'

/** What two people carry to each other by hand. */
export interface Description {
  readonly type: 'offer' | 'answer'
  readonly sdp: string
}

const most = 64 * 1024
const lookEvery = 200

/** Where the answer to an offer lies: `offer.json` → `offer.answer.json`. */
export const answerBeside = (offer: string) => `${offer.replace(/\.json$/, '')}.answer.json`

/** Whole or not there, for whoever waits for it. An earlier one is left as it is, for it may be what somebody wants to look at. */
export async function writeDescription(file: string, description: Description): Promise<void> {
  if (await exists(file)) throw isThere(file)
  try {
    await writeFile(`${file}.part`, `${JSON.stringify(description, null, 2)}\n`)
    await rename(`${file}.part`, file)
  } catch (cause) {
    throw new PalabreError('bad-argument', text(`cannot write ${file}`, `impossible d’écrire ${file}`), {
      todo: text(
        'Choose a folder that exists and that you may write to.',
        'Choisissez un dossier qui existe et où vous pouvez écrire.',
      ),
      cause,
    })
  }
}

/** Reads one, which may come while we wait. */
export async function readDescription(
  file: string,
  type: Description['type'],
  clock: Clock,
  patience: number,
  signal: AbortSignal,
): Promise<Description> {
  const until = clock.monotonic() + patience * 1000
  while (!(await exists(file))) {
    if (clock.monotonic() >= until) throw isMissing(file, patience)
    await clock.sleep(lookEvery, signal)
  }
  if ((await stat(file)).size > most) throw isNot(file, type)
  return parse(await readFile(file, 'utf8'), type) ?? fail(isNot(file, type))
}

export async function refuseOld(file: string): Promise<void> {
  if (await exists(file)) throw isThere(file)
}

function parse(said: string, type: Description['type']): Description | undefined {
  try {
    const value = JSON.parse(said) as Partial<Description> | null
    return value?.type === type && typeof value.sdp === 'string' ? { type, sdp: value.sdp } : undefined
  } catch {
    return undefined
  }
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  )

function fail(error: Error): never {
  throw error
}

function isThere(file: string): PalabreError {
  return new PalabreError('bad-argument', text(`${file} exists already`, `${file} existe déjà`), {
    todo: text('Move it away, or choose another name.', 'Déplacez-le, ou choisissez un autre nom.'),
  })
}

function isMissing(file: string, patience: number): PalabreError {
  return new PalabreError(
    'bad-argument',
    text(`${file} did not come within ${patience} s`, `${file} n’est pas arrivé en ${patience} s`),
    {
      todo: text('Put it there, or wait longer with --patience.', 'Déposez-le là, ou attendez plus longtemps avec --patience.'),
    },
  )
}

function isNot(file: string, type: Description['type']): PalabreError {
  const words = type === 'offer' ? text('offer', 'offre') : text('answer', 'réponse')
  return new PalabreError(
    'bad-argument',
    text(`${file} is not the ${words.en} of a connection`, `${file} n’est pas une ${words.fr} de connexion`),
    { todo: text('Have it written anew: palabre net demo webrtc', 'Faites-le écrire de nouveau : palabre net demo webrtc') },
  )
}
