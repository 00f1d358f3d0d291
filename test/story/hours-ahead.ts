import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository, type Person } from './cli-process.ts'

/** The machine's clock, and so many hours more: plugins for a person's settings. */
export const hoursAhead = (hours: number) => ({
  'clock-system': false,
  'test-clock-ahead': { enabled: true, from: join(repository, 'test/mailbox/clock-ahead'), config: { hours } },
})

/** From the next start on it is so many hours later than at the beginning. */
export function sleepTill(person: Person, hours: number): void {
  const settings = JSON.parse(readFileSync(person.settings, 'utf8')) as { plugins: object }
  writeFileSync(person.settings, JSON.stringify({ ...settings, plugins: { ...settings.plugins, ...hoursAhead(hours) } }))
}
