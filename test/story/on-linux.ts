import { test } from 'uvu'

/** A story that looks into the system's own tables, or stands in for one of its programs. */
export function onLinux(name: string, tell: () => Promise<void>): void {
  if (process.platform === 'linux') return test(name, tell)
  console.log(`SKIPPED: ${name}: told on Linux only`)
  test.skip(name)
}
