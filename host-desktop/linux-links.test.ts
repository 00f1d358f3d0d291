import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { linuxLinks } from './linux-links.ts'

const others = [
  '[Default Applications]',
  'x-scheme-handler/mailto=mail.desktop',
  '',
  '[Added Associations]',
  'text/plain=edit.desktop;',
  '',
].join('\n')

function openHome(list?: string) {
  const home = mkdtempSync(join(tmpdir(), 'palabre-links-'))
  if (list !== undefined) writeFileSync(join(home, 'mimeapps.list'), list)
  const env = { XDG_DATA_HOME: join(home, 'data'), XDG_CONFIG_HOME: home }
  return {
    env,
    links: (...start: string[]) => linuxLinks(start, env),
    list: () => readFileSync(join(home, 'mimeapps.list'), 'utf8'),
    entry: () => readFileSync(join(home, 'data', 'applications', 'palabre.desktop'), 'utf8'),
    [Symbol.dispose]: () => rmSync(home, { recursive: true }),
  }
}

test('given and taken back, the choices of others are as they were', async () => {
  for (const list of [others, undefined, '[Default Applications]\nx-scheme-handler/mailto=mail.desktop']) {
    using home = openHome(list)
    const links = home.links('node', 'desktop.ts')
    assert.is(await links.state(), 'nobody')
    await links.register()
    assert.is(await links.state(), 'ours')
    await links.register()
    assert.is(home.list().match(/palabre\.desktop/g)?.length, 2, 'once in each group')
    for (const line of (list ?? '').split('\n')) assert.ok(home.list().split('\n').includes(line), line)
    await links.unregister()
    assert.is(await links.state(), 'nobody')
    if (list === others) assert.is(home.list(), others)
  }
})

test('links that go to another program, or to another Palabre, are theirs until the person says otherwise', async () => {
  using home = openHome('[Default Applications]\nx-scheme-handler/palabre=other.desktop;\n')
  const links = home.links('node', 'desktop.ts')
  assert.is(await links.state(), 'others')
  await links.unregister()
  assert.match(home.list(), 'other.desktop')
  await links.register()
  assert.is(await links.state(), 'ours')
  assert.is(await home.links('node', 'elsewhere.ts').state(), 'others')
  await home.links('node', 'elsewhere.ts').unregister()
  assert.is(await links.state(), 'ours')
})

test('whatever stands in a path, it is one argument of one line', async () => {
  using home = openHome()
  await home.links('/home/a b/"$x`y`\\z%u', '--profile-dir').register()
  const exec = home.entry().match(/^Exec=(.*)$/m)![1]!
  assert.is(exec, '"/home/a b/\\\\"\\\\$x\\\\`y\\\\`\\\\\\\\z%%u" "--profile-dir" %u')
  const refused = await home
    .links('a\nExec=evil')
    .register()
    .then(
      () => 'nothing',
      (error: Error) => error.message,
    )
  assert.match(refused, 'line break')
})

test.run()
