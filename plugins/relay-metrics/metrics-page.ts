import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Gauge } from './gauges.ts'

export interface MetricsPage extends AsyncDisposable {
  readonly address: string
}

/** `/metrics` in the text format of Prometheus, for this machine only. */
export async function servePage(port: number, gauges: () => Promise<readonly Gauge[]>): Promise<MetricsPage> {
  const server = createServer({ headersTimeout: 5_000, requestTimeout: 5_000, maxHeaderSize: 8_192 }, (request, response) => {
    void answer(request, response, gauges)
  })
  server.maxConnections = 16
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(
  { method, url, headers }: IncomingMessage,
  response: ServerResponse,
  gauges: () => Promise<readonly Gauge[]>,
) {
  // A page of somebody else's, whose name leads here, is not let in.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? '')) return void response.writeHead(403).end()
  if (method !== 'GET' || url !== '/metrics') return void response.writeHead(404).end()
  const body = textOf(await gauges())
  response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' }).end(body)
}

const textOf = (gauges: readonly Gauge[]) =>
  gauges
    .map(
      ({ name, help, value }) =>
        `# HELP ${name} ${help}\n# TYPE ${name} ${name.endsWith('_total') ? 'counter' : 'gauge'}\n${name} ${value}\n`,
    )
    .join('')
