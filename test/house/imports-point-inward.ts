import { eachImport, type Step } from './each-import.ts'
import type { House, Room } from './house.ts'
import type { Target } from './resolve-import.ts'
import type { Violation } from './violation.ts'

/** host → kernel → sdk ← plugins; `test` looks into every room and nothing looks into `test` or a host. */
export function importsPointInward(house: House): Violation[] {
  return eachImport(house).flatMap((step) => {
    const reached = roomReached(house, step)
    if (!reached || reached === step.room || mayImport(step, reached)) return []
    const says = `imports ${reached.path} (${step.import.specifier}). ${advice(step.room, reached)}`
    return [{ path: step.from.path, line: step.import.line, says }]
  })
}

function roomReached(house: House, { target }: Step): Room | undefined {
  if (target.kind === 'room') return target.room
  return target.kind === 'file' ? house.roomOf(target.files[0]!) : undefined
}

function mayImport({ from, room, target }: Step, reached: Room): boolean {
  if (room.kind === 'test') return true
  if (from.path.startsWith('sdk/testkit/') && reached.kind === 'kernel') return true
  if (room.kind === 'host' && isForHosts(target)) return true
  return reached.kind === 'sdk' || (room.kind === 'host' && reached.kind === 'kernel')
}

/** What hosts lend each other: the kernel in Node, and the page that a window or a server shows. */
const forHosts: Readonly<Record<string, readonly string[]>> = {
  'host-cli': ['./node-host'],
  'host-web': ['./build', './headers', './static-files', './waiting-invite'],
}

const isForHosts = (target: Target) => target.kind === 'room' && forHosts[target.room.path]?.includes(target.subpath) === true

function advice(room: Room, reached: Room): string {
  if (reached.kind === 'test') return 'Nothing imports the tests: move what both need to the room that owns it.'
  if (reached.kind === 'host') return 'Nothing imports a host, but hosts what others lend to hosts: move what both need inward.'
  if (reached.kind === 'plugin' && room.kind === 'host')
    return 'A host loads plugins by the names in plugins.json and imports none.'
  if (reached.kind === 'plugin') return 'A plugin is reached through a contract only: put it in sdk/contract and need its token.'
  return 'Only hosts (and sdk/testkit) know the kernel: ask for what is missing in the sdk instead.'
}
