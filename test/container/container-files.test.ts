import { readSettings } from '@palabre/kernel/reading'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { faultsOfCompose, faultsOfDockerfile, faultsOfPorts, readComposition } from './container-rules.ts'
import { readDockerfile } from './read-dockerfile.ts'

const root = join(import.meta.dirname, '../..')
const read = (name: string) => readFileSync(join(root, name), 'utf8')
const dockerfile = read('Dockerfile')
const exposed = readDockerfile(dockerfile)
  .find(({ name }) => name === 'EXPOSE')!
  .words.split(' ')
const compositions = ['compose.yaml', 'compose.postgres.yaml'].map((name) => [name, read(name)] as const)

test('the image is pinned, runs as nobody in particular, says how it is, and holds no secret', () => {
  assert.equal(faultsOfDockerfile(dockerfile), [])
})

test('each service is pinned, read-only and without rights, and no secret stands in a file', () => {
  for (const [name, text] of compositions) assert.equal(faultsOfCompose(text), [], name)
})

test('settings that the files bring are settings of this house, and lead to ports that are open', () => {
  const shipped = { source: 'plugins.json', json: read('plugins.json') }
  assert.is(relays.length, 4)
  for (const { name, json, published } of relays) {
    const { plugins } = readSettings([shipped, { source: name, json }], 'relay')
    assert.equal(plugins.get('transport-tcp')?.config, JSON.parse(json).plugins['transport-tcp'].config)
    assert.equal(faultsOfPorts(json, published), [], name)
  }
})

/** What each relay is started with, and its ports as `OUTSIDE:INSIDE/PROTOCOL`. */
const relays = [
  ...readDockerfile(dockerfile).flatMap(({ content: json }) =>
    json === undefined ? [] : [{ name: 'the image', json, published: exposed.map((port) => `${port.split('/')[0]}:${port}`) }],
  ),
  ...compositions.flatMap(([file, text]) => {
    const { services, configs } = readComposition(text)
    return Object.entries(services).flatMap(([service, { ports = [], configs: mounted = [] }]) =>
      mounted.map(({ source }) => ({
        name: `${service} of ${file}`,
        json: configs![source]!.content.replace(/\$\{[^}]+\}/g, 'relay.example.org'),
        published: ports,
      })),
    )
  }),
]

test('the rules bite', () => {
  const spoilt = (from: string | RegExp, to: string) => faultsOfDockerfile(dockerfile.replace(from, to)).length
  assert.is(spoilt(/^FROM node:\S+$/m, 'FROM node:latest'), 1)
  assert.is(spoilt('USER node', 'USER root'), 1)
  assert.is(spoilt('USER node', ''), 1)
  assert.is(spoilt(/^HEALTHCHECK .*$/m, ''), 1)
  assert.is(spoilt('ENTRYPOINT ["node", "host-cli/palabre.ts"]', 'ENTRYPOINT node host-cli/palabre.ts'), 1)
  assert.is(spoilt('VOLUME /var/lib/palabre', ''), 1)
  assert.is(spoilt('NODE_ENV=production', 'DATABASE_PASSWORD=hunter2'), 1)
  const [, text] = compositions[1]!
  const spoiltCompose = (from: string | RegExp, to: string) => faultsOfCompose(text.replace(from, to)).length
  assert.is(spoiltCompose('postgres:17.7-bookworm', 'postgres'), 1)
  // Both relays are made of the same.
  assert.is(spoiltCompose('  read_only: true\n', ''), 2)
  assert.is(spoiltCompose('  cap_drop: [ALL]\n', ''), 2)
  assert.is(spoiltCompose("  security_opt: ['no-new-privileges:true']\n", ''), 2)
  const { json, published } = relays.find(({ name }) => name === 'second of compose.postgres.yaml')!
  const spoiltPorts = (from: string, to: string) => faultsOfPorts(json.replaceAll(from, to), published).length
  assert.is(spoiltPorts('0.0.0.0/tcp/4002/ws', '0.0.0.0/tcp/4005/ws'), 1)
  assert.is(spoiltPorts('tcp/4011', 'tcp/4001'), 1)
  assert.is(spoiltPorts(':4013', ':4003'), 1)
  assert.is(spoiltPorts('"port": 4003', '"port": 4004'), 1)
  assert.is(faultsOfPorts(json, published.slice(1)).length, 2)
  assert.is(spoiltCompose('POSTGRES_PASSWORD_FILE: /run/secrets/password', 'POSTGRES_PASSWORD: hunter2'), 1)
})

test.run()
