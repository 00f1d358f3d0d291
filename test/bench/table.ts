import type { Aim, Row, Unit } from './job.ts'
import { judge } from './verdict.ts'

/** The rows of one job as a person reads them. */
export function tableOf(title: string, rows: readonly Row[]): string {
  const head = [title, 'ours', 'peer', '', 'ratio', 'aim', '']
  const lines = rows.map(cellsOf)
  const widths = head.map((_, column) => Math.max(...[head, ...lines].map((cells) => cells[column]!.length)))
  const show = (cells: readonly string[]) =>
    cells
      .map((cell, column) => fit(cell, column, widths[column]!))
      .join('  ')
      .trimEnd()
  const body = rows.flatMap((row, i) => [show(lines[i]!), ...(row.notes ?? []).map((note) => `    ${note}`)])
  return [show(head), widths.map((width) => '-'.repeat(width)).join('  '), ...body].join('\n')
}

function cellsOf(row: Row): string[] {
  const { ours, peer, ratio, met } = judge(row)
  return [
    row.what,
    show(ours, row.unit),
    peer === undefined ? '–' : show(peer, row.unit),
    row.peer?.name ?? '',
    ratio === undefined ? '–' : `${digits(ratio)}×`,
    row.aim === undefined ? '–' : describeAim(row.aim, row.unit),
    met === undefined ? '' : met ? 'met' : 'missed',
  ]
}

/** Numbers stand right, words left. */
function fit(cell: string, column: number, width: number): string {
  return [1, 2, 4].includes(column) ? cell.padStart(width) : cell.padEnd(width)
}

function describeAim({ of, atMost }: Aim, unit: Unit): string {
  if (of === 'ratio') return `≤ ${atMost}×`
  return of === 'more' ? `≤ ${show(atMost, unit)} over` : `≤ ${show(atMost, unit)}`
}

function show(value: number, unit: Unit): string {
  return `${digits(value)} ${unit}`
}

/** Three digits that mean something. */
function digits(value: number): string {
  const size = Math.abs(value)
  return value.toFixed(size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 4)
}
