import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** `npm run web` as a process of its own, with a plugins.json and plugins of others in a folder outside the house. */
export interface WebHost extends AsyncDisposable {
  readonly address: string
  readonly folder: string
}

export interface WebHostOptions {
  /** The plugins.json laid over the shipped one; a plugin below is in it by itself. */
  readonly settings?: { readonly plugins?: object; readonly profiles?: object; readonly bindings?: object }
  readonly profile?: string
  readonly plugins?: readonly OtherPlugin[]
  /** Any, unless a page must find a later one where an earlier one was. */
  readonly port?: number
  /** With the frame and all its views; left out, the plain page with the plugins panel alone, for what is about the page itself. */
  readonly faces?: boolean
  /** More for its command line. */
  readonly args?: readonly string[]
}

/** A plugin of others, by its files. */
export interface OtherPlugin {
  readonly id: string
  readonly code: string
  readonly manifest?: object
  /** Its entry in plugins.json, besides where it is from. */
  readonly entry?: object
}

/** Nothing but loopback: direct roads of WebRTC look for addresses that are not. */
export const relayOnly = { 'transport-webrtc': false, 'upgrade-webrtc': false }

export async function startWebHost({
  settings = {},
  profile,
  plugins = [],
  port = 0,
  faces = false,
  args = [],
}: WebHostOptions = {}): Promise<WebHost> {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-web-'))
  for (const plugin of plugins) writePlugin(folder, plugin)
  const theirs = Object.fromEntries(plugins.map(({ id, entry }) => [id, { from: `./${id}`, ...entry }]))
  const file = join(folder, 'plugins.json')
  writeFileSync(file, JSON.stringify({ ...settings, plugins: { ...(faces ? {} : withoutFaces), ...settings.plugins, ...theirs } }))

  const given = ['--plugins', file, '--out', join(folder, 'page'), '--profile-dir', join(folder, 'profile')]
  const host = webHostProcess([
    '--json',
    '--port',
    String(port),
    ...given,
    ...args,
    ...(profile === undefined ? [] : ['--profile', profile]),
  ])
  const { address } = JSON.parse(await host.firstLine) as { address: string }
  return {
    address,
    folder,
    async [Symbol.asyncDispose]() {
      host.interrupt()
      const { code, errors } = await host.ended
      rmSync(folder, { recursive: true, force: true })
      if (code !== 0) throw new Error(`the web host ended with ${code}: ${errors}`)
    },
  }
}

/** Host and port of the small relay beside the page at this address. */
export async function relayBeside(address: string): Promise<string> {
  const { relays } = (await (await fetch(new URL('first-contact.json', address))).json()) as { relays: readonly string[] }
  const [, , host, , port] = relays[0]!.split('/')
  return `${host}:${port}`
}

/** Every view but the one that stands alone. */
const withoutFaces = Object.fromEntries(
  readdirSync(resolve(import.meta.dirname, '../../plugins'))
    .filter((name) => name.startsWith('view-') && name !== 'view-plugins')
    .map((name) => [name, false]),
)

/** The same with any line of arguments, for what is about the command itself. */
export function webHostProcess(argv: readonly string[]) {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, '../../host-web/web.ts'), ...argv])
  let output = ''
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (part: string) => (errors += part))
  const ended = new Promise<{ code: number | null; output: string; errors: string }>((done) =>
    child.on('close', (code) => done({ code, output, errors })),
  )
  const firstLine = new Promise<string>((done, fail) => {
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      output += part
      if (output.includes('\n')) done(output.slice(0, output.indexOf('\n')))
    })
    void ended.then(({ code }) => fail(new Error(`the web host ended with ${code} before it said anything: ${errors}`)))
  })
  // Whoever only waits for the end need not wait for a line.
  firstLine.catch(() => undefined)
  return { firstLine, ended, interrupt: () => child.kill('SIGINT') }
}

function writePlugin(folder: string, { id, code, manifest = {} }: OtherPlugin): void {
  const basics = { id, version: '1.0.0', engines: { palabre: '^0.1.0' }, title: { en: id, fr: id }, hosts: ['web'] }
  mkdirSync(join(folder, id))
  writeFileSync(join(folder, id, 'index.ts'), code)
  writeFileSync(join(folder, id, 'manifest.json'), JSON.stringify({ ...basics, ...manifest }))
}
