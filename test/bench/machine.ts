import { cpus, totalmem } from 'node:os'

/** What a number is worth nothing without. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGiB: number
  readonly system: string
  readonly node: string
  readonly date: string
}

export function thisMachine(): Machine {
  const all = cpus()
  return {
    cpu: all[0]?.model.trim() ?? 'unknown CPU',
    cores: all.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
  }
}

export function describeMachine({ cpu, cores, memoryGiB, system, node, date }: Machine): string {
  return `${cpu} · ${cores} cores · ${memoryGiB} GiB · ${system} · Node ${node} · ${date}`
}
