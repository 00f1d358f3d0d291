import { eachImport } from './each-import.ts'
import type { House, Manifest, Room } from './house.ts'
import { literal } from './literal.ts'
import { filesOf } from './resolve-import.ts'
import type { SourceFile } from './source-file.ts'
import type { Violation } from './violation.ts'

/**
 * What two rooms agree on in sdk/contract is used by two rooms: somebody provides it and somebody needs it. Plugins say which in
 * their manifests; the kernel and the hosts import the contract, on either side. A hook needs a caller; taps may come later.
 * An agreement without a token, such as a wire format, is known by its imports alone.
 */
export function contractsAreLivedIn(house: House): Violation[] {
  const contracts = house.sources.filter(({ path, isTest }) => path.startsWith('sdk/contract/') && !isTest)
  return contracts.flatMap((contract) => {
    const importers = roomsImporting(house, contract.path)
    const agreed = agreements(contract)
    if (agreed.length === 0)
      return importers.length > 1
        ? []
        : [{ path: contract.path, says: 'is not used by two rooms. Move it into the one that uses it.' }]
    const insiders = importers.filter(({ kind }) => kind === 'kernel' || kind === 'host')
    return agreed.flatMap((one) => lacking(house, contract, one, insiders))
  })
}

interface Agreement {
  readonly kind: 'token' | 'hook'
  /** As manifests write it: `clock@1`, `log-sink@1[]`. */
  readonly label: string
  readonly line: number
}

function agreements(contract: SourceFile): Agreement[] {
  const found: Agreement[] = []
  contract.visit({
    CallExpression({ callee, arguments: [name, second], start }) {
      const maker = callee.type === 'Identifier' ? callee.name : ''
      const label = `${literal(name)}@${majorOf(second)}${maker === 'slot' ? '[]' : ''}`
      if (maker === 'token' || maker === 'slot') found.push({ kind: 'token', label, line: contract.lineAt(start) })
      if (/^(?:notify|waterfall|decide)Hook$/.test(maker)) found.push({ kind: 'hook', label, line: contract.lineAt(start) })
    },
  })
  return found
}

type Argument = { type: string; value?: unknown; properties?: readonly unknown[] }

/** `token('clock', 2)`, `notifyHook('ready', { major: 2 })`. */
function majorOf(argument: Argument | undefined): number {
  if (typeof argument?.value === 'number') return argument.value
  const options = (argument?.properties ?? []) as readonly { key?: { name?: string }; value?: Argument }[]
  return Number(options.find(({ key }) => key?.name === 'major')?.value?.value ?? 1)
}

function roomsImporting(house: House, path: string): Room[] {
  const steps = eachImport(house).filter(({ from, target }) => !from.isTest && filesOf(target).includes(path))
  return [...new Set(steps.map(({ room }) => room))].filter(({ kind }) => kind !== 'sdk')
}

function lacking(house: House, { path }: SourceFile, { kind, label, line }: Agreement, insiders: readonly Room[]): Violation[] {
  const naming = (list: (manifest: Manifest) => readonly string[] | undefined) =>
    house.rooms.filter(({ manifest }) => manifest && list(manifest)?.includes(label))
  const note = (what: string) => [{ path, line, says: `${label} ${what}, or delete it.` }]

  if (kind === 'hook') {
    const callers = [...naming((manifest) => manifest.hooks?.calls), ...insiders]
    return callers.length > 0 ? [] : note('is called by nobody. Call it where its moment is')
  }
  const providers = [...naming((manifest) => manifest.provides), ...insiders]
  const users = [...naming((manifest) => manifest.needs), ...naming((manifest) => manifest.optional), ...insiders]
  if (providers.length === 0) return note('is provided by nobody. Write its first provider')
  const isShared = users.length > 0 && new Set([...providers, ...users]).size > 1
  return isShared ? [] : note('is needed by nobody but its provider. Use it from another room')
}
