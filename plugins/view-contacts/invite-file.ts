import { PalabreError, text } from '@palabre/sdk'
import { openCodeReader } from './code-reader.ts'

/** What a person may choose or drop: an invite that was saved, or a picture of its code. */
export const inviteFileKinds = '.palabre,text/plain,image/*'

const mostText = 32_768
const mostPicture = 20_000_000
/** Enough for the largest code, and little for the memory: larger pictures are made smaller first. */
const widest = 2_000

/** Writes an invite into a file of the person's own. */
export function saveInvite(link: string): void {
  const address = URL.createObjectURL(new Blob([`${link}\n`], { type: 'application/x-palabre-invite' }))
  const way = document.createElement('a')
  way.href = address
  way.download = 'invite.palabre'
  way.click()
  // The download has been taken over by then.
  setTimeout(() => URL.revokeObjectURL(address))
}

/** The invite in a file, checked by nobody. Fails with `too-large`, or with `bad-argument` when there is none in it. */
export async function inviteIn(file: Blob): Promise<string> {
  if (file.type.startsWith('image/')) return inviteInPicture(file)
  if (file.size > mostText) throw tooLarge()
  const said = (await file.text()).trim()
  if (said === '') throw nothingInIt()
  return said
}

async function inviteInPicture(file: Blob): Promise<string> {
  if (file.size > mostPicture) throw tooLarge()
  const picture = await openPicture(file)
  try {
    const said = await (await openCodeReader())(picture)
    if (said === undefined) throw noCode()
    return said
  } finally {
    picture.close()
  }
}

async function openPicture(file: Blob): Promise<ImageBitmap> {
  const whole = await createImageBitmap(file).catch(() => {
    throw noCode()
  })
  if (Math.max(whole.width, whole.height) <= widest) return whole
  const scale = widest / Math.max(whole.width, whole.height)
  const smaller = { resizeWidth: Math.round(whole.width * scale), resizeHeight: Math.round(whole.height * scale) }
  try {
    return await createImageBitmap(whole, { ...smaller, resizeQuality: 'high' })
  } finally {
    whole.close()
  }
}

const tooLarge = () =>
  new PalabreError('too-large', text('this file is too large for an invite', 'ce fichier est trop grand pour une invitation'))

const nothingInIt = () => new PalabreError('bad-argument', text('this file is empty', 'ce fichier est vide'))

const noCode = () =>
  new PalabreError('bad-argument', text('no code was found in this picture', 'aucun code n’a été trouvé dans cette image'), {
    todo: text('Take one with the whole code in it, straight and sharp.', 'Prenez-en une avec le code entier, droit et net.'),
  })
