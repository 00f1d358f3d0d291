import { sdkVersion } from '@palabre/sdk'

/** The files of a new plugin: small enough to read at once, complete enough to run, test and switch off. */
export function pluginTemplate(id: string, inHouse: boolean): Record<string, string> {
  return {
    'package.json': packageJson(id, inHouse),
    'manifest.json': manifestJson(id, inHouse),
    'index.ts': index(id),
    [`${id}.ts`]: thing(),
    [`${id}.test.ts`]: testFile(id),
    'README.md': readme(id),
  }
}

function packageJson(id: string, inHouse: boolean): string {
  const own = inHouse
    ? {
        name: `@palabre/${id}`,
        version: '0.1.0',
        private: true,
        license: 'Apache-2.0',
        type: 'module',
        exports: './index.ts',
        dependencies: { '@palabre/sdk': sdkVersion },
        devDependencies: { uvu: '0.5.6' },
      }
    : {
        name: id,
        version: '0.1.0',
        type: 'module',
        main: 'index.ts',
        peerDependencies: { '@palabre/sdk': `^${sdkVersion}` },
        peerDependenciesMeta: { '@palabre/sdk': { optional: true } },
      }
  return `${JSON.stringify(own, null, 2)}\n`
}

function manifestJson(id: string, inHouse: boolean): string {
  const schema = inHouse ? '  "$schema": "../../kernel/manifest.schema.json",\n' : ''
  return `{
${schema}  "id": "${id}",
  "version": "0.1.0",
  "engines": { "palabre": "^${sdkVersion}" },
  "title": { "en": "Says hello", "fr": "Dit bonjour" },
  "hosts": ["cli", "desktop", "web"],
  "needs": ["clock@1"],
  "commands": [
    {
      "id": "${id}.hello",
      "title": { "en": "Say hello", "fr": "Dire bonjour" },
      "args": {
        "type": "object",
        "additionalProperties": false,
        "required": ["name"],
        "properties": { "name": { "type": "string", "x-title": { "en": "To whom", "fr": "À qui" } } }
      },
      "positional": ["name"]
    }
  ],
  "config": {
    "type": "object",
    "additionalProperties": false,
    "properties": {
      "word": {
        "type": "string",
        "minLength": 1,
        "default": "Hello",
        "x-title": { "en": "The word to say", "fr": "Le mot à dire" }
      }
    }
  }
}
`
}

function index(id: string): string {
  return `import { definePlugin, settings, text } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { reply } from '@palabre/sdk/contract/command'
import { hello } from './${id}.ts'

export const plugin = definePlugin({
  needs: { clock: Clock },
  config: settings<{ word: string }>(),
  start({ clock }, scope) {
    scope.command<{ name: string }>('${id}.hello', ({ name }) => {
      const said = hello(scope.config.word, name, clock.now())
      return reply({ said }, text(said, said))
    })
  },
})
`
}

function thing(): string {
  return `/** Knows nothing of plugins, so that it can be tested alone. */
export function hello(word: string, name: string, now: number): string {
  return \`\${word}, \${name}! It is \${new Date(now).toISOString().slice(11, 16)} UTC.\`
}
`
}

function testFile(id: string): string {
  return `import { startTestHost, type TestHost } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const id = '${id}'
const hello = (host: TestHost<Record<never, never>>) => host.commands.run(\`\${id}.hello\`, { name: 'Awa' })

test('says hello through a real kernel, at the time of a clock that stands still', async () => {
  await using host = await startTestHost({ plugins: [import.meta.dirname], config: { [id]: { word: 'Salut' } } })
  assert.equal((await hello(host)).data, { said: 'Salut, Awa! It is 00:00 UTC.' })
})

test('is gone when switched off', async () => {
  await using host = await startTestHost({ plugins: [import.meta.dirname] })
  await host.plugins.disable(id)
  const error = await hello(host).catch((thrown: Error) => thrown)
  assert.match((error as Error).message, 'switched off')
})

test.run()
`
}

function readme(id: string): string {
  return `# ${id}

Says hello: \`palabre ${id} hello --name Awa\`.

| setting | default | meaning         |
| ------- | ------- | --------------- |
| \`word\`  | Hello   | the word to say |

Sees nothing: no address, no message, no key.
`
}
