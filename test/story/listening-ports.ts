import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** The TCP ports a process listens on, from the system's own tables (Linux). */
export function listeningPorts(pid: number): number[] {
  const own = socketsOf(pid)
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'utf8')
      .split('\n')
      .map((row) => row.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === listens && own.has(inode!))
      .map(([, address]) => Number.parseInt(address!.split(':')[1]!, 16)),
  )
}

const listens = '0A'

function socketsOf(pid: number): Set<string> {
  const links = readdirSync(`/proc/${pid}/fd`).map((fd) => linkOf(`/proc/${pid}/fd/${fd}`))
  return new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []))
}

/** Files are closed while we look. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
