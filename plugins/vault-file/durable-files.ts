import { constants } from 'node:fs'
import { link, open, readdir, readFile, rename, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/**
 * Files that are there whole or not at all, whatever happens to the process or the machine meanwhile: written beside, forced to the
 * disk, then put in place. Only their owner can read them.
 */

/** Undefined when there is no such file. */
export async function readWhole(file: string): Promise<Uint8Array | undefined> {
  try {
    const content = await readFile(file)
    return new Uint8Array(content.buffer, content.byteOffset, content.byteLength)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

export async function replaceWhole(file: string, content: Uint8Array): Promise<void> {
  const beside = await writeBeside(file, content)
  await rename(beside, file)
  await syncFolder(file)
}

/** False when the file is there already, which is left as it is, or when what was written beside it was swept away. */
export async function createWhole(file: string, content: Uint8Array): Promise<boolean> {
  const beside = await writeBeside(file, content)
  try {
    // Unlike a rename, a link never takes the place of another file.
    await link(beside, file)
    return true
  } catch (error) {
    if (isMissing(error) || (error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await removeWhole(beside)
  }
}

/** False when there was nothing to move. */
export async function moveWhole(from: string, to: string): Promise<boolean> {
  return ifThere(() => rename(from, to), to)
}

export async function removeWhole(file: string): Promise<boolean> {
  return ifThere(() => unlink(file), file)
}

/** Removes what processes that died while writing left beside these files. Nobody may be replacing them now. */
export async function sweepBeside(files: readonly string[]): Promise<void> {
  for (const file of files) {
    const [folder, name] = [dirname(file), basename(file)]
    const left = (await readdir(folder)).filter((one) => one.startsWith(`${name}.`) && one.endsWith('.tmp'))
    for (const one of left) await removeWhole(join(folder, one))
  }
}

async function writeBeside(file: string, content: Uint8Array): Promise<string> {
  const beside = `${file}.${crypto.randomUUID()}.tmp`
  const handle = await open(beside, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return beside
}

async function ifThere(act: () => Promise<void>, file: string): Promise<boolean> {
  try {
    await act()
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
  await syncFolder(file)
  return true
}

/** So that the name is on the disk too. Windows opens no folders, and keeps names safe by itself. */
async function syncFolder(file: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(dirname(file), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}
