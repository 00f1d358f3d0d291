import { parse } from 'yaml'
import { readDockerfile, wordsOf } from './read-dockerfile.ts'

/** What is wrong with an image that anybody may run on a server. */
export function faultsOfDockerfile(text: string): string[] {
  const instructions = readDockerfile(text)
  const named = (name: string) => instructions.filter((one) => one.name === name).map(({ words }) => words)
  const stages = named('FROM').map((words) => words.split(/ AS /i)[1])
  const bases = named('FROM').map((words) => words.split(' ')[0]!)
  const user = named('USER').at(-1)
  return [
    ...bases.filter((base) => !isPinned(base) && !stages.includes(base)).map((base) => `the base ${base} is not pinned`),
    ...(user === undefined || /^(root|0)(:|$)/.test(user) ? ['it runs as root'] : []),
    ...['HEALTHCHECK', 'ENTRYPOINT', 'CMD']
      .filter((name) => wordsOf(instructions, name) === undefined)
      .map((name) => `${name} is missing, or goes through a shell`),
    ...(named('VOLUME').length === 0 ? ['what it keeps has no volume'] : []),
    ...named('ADD').map((words) => `ADD fetches or unpacks: ${words}`),
    ...[...named('ENV'), ...named('ARG')].filter(holdsSecret).map((words) => `a secret would stay in the image: ${words}`),
  ]
}

interface Service {
  readonly image?: string
  readonly read_only?: boolean
  readonly privileged?: boolean
  readonly cap_drop?: readonly string[]
  readonly security_opt?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** `OUTSIDE:INSIDE/PROTOCOL`. */
  readonly ports?: readonly string[]
  readonly configs?: readonly { readonly source: string }[]
}

export interface Composition {
  readonly services: Readonly<Record<string, Service>>
  readonly configs?: Readonly<Record<string, { readonly content: string }>>
}

export const readComposition = (text: string) => parse(text, { merge: true }) as Composition

export function faultsOfCompose(text: string): string[] {
  return Object.entries(readComposition(text).services).flatMap(([name, service]) => [
    ...(isPinned(service.image ?? '') ? [] : [`${name}: ${service.image} is not pinned`]),
    ...(service.read_only === true ? [] : [`${name} may write its own programs`]),
    ...(service.cap_drop?.includes('ALL') === true && service.privileged !== true ? [] : [`${name} keeps rights it does not need`]),
    ...(service.security_opt?.includes('no-new-privileges:true') === true ? [] : [`${name} may gain rights`]),
    ...Object.entries(service.environment ?? {})
      .filter(([key, value]) => holdsSecret(`${key}=${value}`))
      .map(([key]) => `${name}: ${key} is a secret in the open`),
  ])
}

/** How a relay of these settings is reached through ports of other numbers: what it listens on, and what it tells others. */
export function faultsOfPorts(settings: string, published: readonly string[]): string[] {
  const outside = new Map(published.map((one) => one.split(':').toReversed() as [inside: string, outside: string]))
  const { plugins } = JSON.parse(settings) as { plugins: Record<string, { config: ListenSettings }> }
  const config = (id: string): ListenSettings => plugins[id]?.config ?? {}
  const listens = ['transport-tcp', 'transport-websocket'].flatMap((id) => config(id).listen ?? []).flatMap(portsIn)
  const rooms = config('signal-server').port
  const tells = config('relay-circuit').announce?.flatMap(portsIn)
  const tellsRooms = config('signal-server').announce?.flatMap(portsIn) ?? [String(rooms)]
  const away = (ports: readonly string[]) => ports.filter((port) => ![...outside.values()].includes(port))
  return [
    ...(rooms === undefined ? ['its rooms are at a port that nobody knows'] : []),
    ...[...listens.map((port) => `${port}/tcp`), `${rooms}/tcp`, '3478/udp']
      .filter((inside) => !outside.has(inside))
      .map((inside) => `${inside} is not published`),
    ...(tells === undefined ? [] : away([...tells, ...tellsRooms]).map((port) => `${port} is told and leads nowhere`)),
    ...(tells !== undefined && tells.length < new Set(listens).size ? ['what it listens on is not told'] : []),
  ]
}

interface ListenSettings {
  readonly listen?: readonly string[]
  readonly announce?: readonly string[]
  readonly port?: number
}

const portsIn = (address: string) => /(?:\/tcp\/|:)(\d+)(?:\/ws)?$/.exec(address)?.slice(1) ?? []

/** By a digest, or by a tag of three numbers. */
const isPinned = (image: string) => /@sha256:[0-9a-f]{64}$|:v?\d+\.\d+(\.\d+)?(-[\w.-]+)?$/.test(image)

/** A place to read it from is none. */
const holdsSecret = (said: string) => /(PASSWORD|SECRET|TOKEN|KEY)\w*[= ]/i.test(said) && !/_FILE[= ]/.test(said)
