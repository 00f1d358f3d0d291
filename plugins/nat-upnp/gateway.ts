import type { Found } from './search.ts'

export interface Port {
  readonly protocol: 'TCP' | 'UDP'
  readonly number: number
}

/** A router that maps ports, asked as UPnP IGD 1 and 2 have it (WANIPConnection:2, 2.5). */
export interface Gateway {
  externalAddress(signal: AbortSignal): Promise<string>
  /** Resolves with the port outside: the same, or another when that one is taken. `lifetime` in seconds. */
  map(port: Port, to: string, lifetime: number, signal: AbortSignal): Promise<number>
  unmap(outside: Port, signal: AbortSignal): Promise<void>
}

const longest = 64 * 1024
const patience = 3_000
const services =
  /<serviceType>\s*(urn:schemas-upnp-org:service:WAN(?:IP|PPP)Connection:[12])\s*<\/serviceType>([\s\S]*?)<\/service>/g

/** What a router says when a port is taken, and when it knows only mappings without an end. */
const taken = '718'
const onlyPermanent = '725'

class Refused extends Error {
  readonly reason: string
  constructor(reason: string) {
    super(`the router refused with code ${reason}`)
    this.reason = reason
  }
}

/** `undefined` when its description offers no such service, or one that is somebody else's. */
export async function openGateway({ host, location }: Found, signal: AbortSignal): Promise<Gateway | undefined> {
  const described = await read(await request(location, {}, signal))
  const [, service, body = ''] = [...described.matchAll(services)].toSorted(([, a = ''], [, b = '']) => (a < b ? 1 : -1))[0] ?? []
  const control = URL.parse(/<controlURL>\s*([^<\s]+)\s*<\/controlURL>/.exec(body)?.[1] ?? '', location.href)
  if (service === undefined || control?.hostname !== host || control.protocol !== 'http:') return undefined
  const run = (action: string, args: Readonly<Record<string, string | number>>, signal: AbortSignal) =>
    call(control, service, action, args, signal)

  const add = (outside: number, { protocol, number }: Port, to: string, lifetime: number, signal: AbortSignal) =>
    run(
      'AddPortMapping',
      {
        NewRemoteHost: '',
        NewExternalPort: outside,
        NewProtocol: protocol,
        NewInternalPort: number,
        NewInternalClient: to,
        NewEnabled: 1,
        NewPortMappingDescription: 'palabre',
        NewLeaseDuration: lifetime,
      },
      signal,
    )

  return {
    async externalAddress(signal) {
      const said = await run('GetExternalIPAddress', {}, signal)
      return /<NewExternalIPAddress>\s*([\d.]+)\s*<\/NewExternalIPAddress>/.exec(said)?.[1] ?? ''
    },
    async map(port, to, lifetime, signal) {
      let [outside, life] = [port.number, lifetime]
      for (let tries = 0; ; tries++) {
        try {
          await add(outside, port, to, life, signal)
          return outside
        } catch (error) {
          const reason = error instanceof Refused && tries < 4 ? error.reason : ''
          if (reason === onlyPermanent && life !== 0) life = 0
          else if (reason === taken) outside = 1024 + Math.floor(Math.random() * 64_000)
          else throw error
        }
      }
    },
    async unmap({ protocol, number }, signal) {
      await run('DeletePortMapping', { NewRemoteHost: '', NewExternalPort: number, NewProtocol: protocol }, signal)
    },
  }
}

async function call(
  control: URL,
  service: string,
  action: string,
  args: Readonly<Record<string, string | number>>,
  signal: AbortSignal,
): Promise<string> {
  const fields = Object.entries(args).map(([name, value]) => `<${name}>${value}</${name}>`)
  const body = `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body><u:${action} xmlns:u="${service}">${fields.join('')}</u:${action}></s:Body></s:Envelope>`
  const headers = { 'content-type': 'text/xml; charset="utf-8"', soapaction: `"${service}#${action}"` }
  const response = await request(control, { method: 'POST', headers, body }, signal)
  const said = await read(response)
  if (!response.ok) throw new Refused(/<errorCode>\s*(\d+)\s*<\/errorCode>/.exec(said)?.[1] ?? String(response.status))
  return said
}

function request(url: URL, init: RequestInit, signal: AbortSignal): Promise<Response> {
  return fetch(url, { ...init, redirect: 'error', signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]) })
}

async function read(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength
    if (length > longest) throw new Error('the router says too much')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
