import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { everybody } from './search.ts'

export interface RouterOptions {
  readonly external?: string
  readonly version?: 1 | 2
  /** What it says to an AddPortMapping; a code refuses it. */
  readonly refuse?: (port: number, lease: number) => number | undefined
  readonly location?: string
  /** Its address on the local network; there it listens where every router does. Without, it stands on loopback at any port. */
  readonly host?: string
}

/** The element around a description. */
const document = 'root'

/** A router that speaks SSDP and SOAP. */
export async function openRouter(options: RouterOptions = {}) {
  const { external = '9.9.9.9', version = 2, refuse = () => undefined, location, host } = options
  const mapped = new Map<string, string>()
  const heard: string[] = []
  const waiting = new Set<() => void>()
  const service = `urn:schemas-upnp-org:service:WANIPConnection:${version}`
  const http = createServer((request, response) => {
    response.setHeader('content-type', 'text/xml')
    if (request.method === 'GET') {
      response.end(`<?xml version="1.0"?><${document}><device><deviceList><device><serviceList>
        <service><serviceType>urn:schemas-upnp-org:service:Layer3Forwarding:1</serviceType><controlURL>/no</controlURL></service>
        <service><serviceType>${service}</serviceType><SCPDURL>/x</SCPDURL><controlURL>/control</controlURL></service>
        </serviceList></device></deviceList></device></${document}>`)
      return
    }
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const value = (name: string) => new RegExp(`<${name}>([^<]*)<`).exec(body)?.[1] ?? ''
      const action = request.headers['soapaction']
      const key = `${value('NewProtocol')} ${value('NewExternalPort')}`
      const refused =
        action === `"${service}#AddPortMapping"`
          ? refuse(Number(value('NewExternalPort')), Number(value('NewLeaseDuration')))
          : undefined
      heard.push(`${String(action).split('#')[1]?.replace('"', '')} ${key} ${value('NewLeaseDuration')}`.trim())
      if (request.url !== '/control' || refused !== undefined) {
        response.writeHead(500).end(`<s:Fault><detail><UPnPError><errorCode>${refused}</errorCode></UPnPError></detail></s:Fault>`)
        return
      }
      if (action?.includes('AddPortMapping') === true) mapped.set(key, `${value('NewInternalClient')}:${value('NewInternalPort')}`)
      if (action?.includes('DeletePortMapping') === true) mapped.delete(key)
      for (const look of waiting) look()
      response.end(`<s:Body><NewExternalIPAddress>${external}</NewExternalIPAddress></s:Body>`)
    })
  })
  http.listen(0, host ?? '127.0.0.1')
  await once(http, 'listening')
  const ssdp = createSocket('udp4')
  if (host === undefined) ssdp.bind(0, '127.0.0.1')
  else ssdp.bind(everybody.port)
  await once(ssdp, 'listening')
  if (host !== undefined) ssdp.addMembership(everybody.address, host)
  const where = location ?? `http://${host ?? '127.0.0.1'}:${(http.address() as AddressInfo).port}/igd.xml`
  const searched = { count: 0 }
  ssdp.on('message', (bytes, { address, port }) => {
    const [, kind] = /^ST: (.*)$/m.exec(bytes.toString().replaceAll('\r', '')) ?? []
    if (kind?.endsWith(`:${version}`) !== true) return
    searched.count++
    ssdp.send(`HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=120\r\nST: ${kind}\r\nLOCATION: ${where}\r\n\r\n`, port, address)
  })
  return {
    mapped,
    heard,
    searched,
    /** Resolves when so many ports are mapped. */
    maps: (count: number) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (mapped.size !== count) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
    search: { address: '127.0.0.1', port: ssdp.address().port },
    async [Symbol.asyncDispose]() {
      ssdp.close()
      http.closeAllConnections()
      http.close()
      await once(http, 'close')
    },
  }
}
