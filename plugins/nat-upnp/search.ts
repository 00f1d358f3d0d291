import { createSocket } from 'node:dgram'

export interface Found {
  /** Who answered. */
  readonly host: string
  /** Where it says it describes itself. */
  readonly location: URL
}

/** Where every UPnP device listens (UPnP Device Architecture 2.0, 1.3.2). */
export const everybody = { address: '239.255.255.250', port: 1900 }

const wanted = ['urn:schemas-upnp-org:device:InternetGatewayDevice:1', 'urn:schemas-upnp-org:device:InternetGatewayDevice:2']
const patience = 2_000

/** The first router that answers, within two seconds. One that sends us to somebody else than itself is not believed. */
export async function searchGateway(where: typeof everybody, signal: AbortSignal): Promise<Found | undefined> {
  const socket = createSocket('udp4')
  const until = AbortSignal.any([signal, AbortSignal.timeout(patience)])
  try {
    return await new Promise<Found | undefined>((resolve) => {
      const end = () => resolve(undefined)
      until.addEventListener('abort', end, { once: true })
      if (until.aborted) end()
      socket.on('error', end)
      socket.on('message', (bytes, { address }) => {
        const location = locationIn(bytes.toString('latin1'))
        if (location?.hostname === address) resolve({ host: address, location })
      })
      for (const kind of wanted) socket.send(question(where, kind), where.port, where.address, (error) => error && end())
    })
  } finally {
    socket.close()
  }
}

function question({ address, port }: typeof everybody, kind: string): string {
  return ['M-SEARCH * HTTP/1.1', `HOST: ${address}:${port}`, 'MAN: "ssdp:discover"', 'MX: 1', `ST: ${kind}`, '', ''].join('\r\n')
}

function locationIn(answer: string): URL | undefined {
  if (!answer.startsWith('HTTP/1.1 200') || !/^ST: *urn:schemas-upnp-org:device:InternetGatewayDevice:/im.test(answer))
    return undefined
  const url = URL.parse(/^LOCATION: *(\S+)/im.exec(answer)?.[1] ?? '')
  return url?.protocol === 'http:' ? url : undefined
}

/** Our own address on the way to the router. */
export async function addressTowards(host: string): Promise<string> {
  const socket = createSocket('udp4')
  try {
    return await new Promise<string>((resolve, reject) => {
      socket.on('error', reject)
      socket.connect(9, host, () => resolve(socket.address().address))
    })
  } finally {
    socket.close()
  }
}
