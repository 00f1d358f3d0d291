import { readFile, writeFile } from 'node:fs/promises'

/** The port of the last time, which links name that people have; undefined when there is none to be had. */
export async function keptPort(file: string): Promise<number | undefined> {
  const said = await readFile(file, 'utf8').catch(() => '')
  const port = Number(said)
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined
}

export async function keepPort(file: string, port: number): Promise<void> {
  await writeFile(file, `${port}\n`, { mode: 0o600 })
}
