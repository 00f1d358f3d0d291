import { existsSync, readdirSync, readFileSync } from 'node:fs'

export interface RunningProcess {
  readonly pid: number
  /** Its command line, as everybody on the machine can read it. */
  readonly line: string
}

/** The processes whose command line names this, the oldest first. None where the system does not tell. */
export function processesNaming(what: string): RunningProcess[] {
  if (!existsSync('/proc')) return []
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const all = pids.map((pid) => ({ pid: Number(pid), line: commandLineOf(pid) }))
  return all.filter(({ line }) => line.includes(what)).toSorted((a, b) => a.pid - b.pid)
}

/** Empty for one that has ended meanwhile. */
function commandLineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}
