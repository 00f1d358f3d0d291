// limit: 300 s
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { command, from, plugin } from './cli-plugins.ts'
import { newPerson, repository, type CliProcess, type Person } from './cli-process.ts'

const changed = readdirSync(join(repository, 'plugins'))
  .filter((id) => existsSync(join(repository, 'plugins', id, 'manifest.json')))
  .filter((id) => id !== 'plugin-manager')
  .slice(0, 20)

test('only what a command needs starts: no vault for those that need none, and no more than its own for the others', async () => {
  await using person = withTicker()
  assert.match((await person.palabre('plugins', 'list')).out, /waiting to start +vault-file/)
  assert.is((await person.palabre()).code, 0)
  assert.is((await person.palabre('bystander', 'shout')).out, '"bystander.shout"\n')
  assert.not(existsSync(join(person.profileDir, 'vault.json')), 'the vault was opened by nobody')
  assert.not(readdirSync(person.profileDir).includes('running.json'))

  assert.is((await person.palabre('id', 'show')).code, 0)
  assert.ok(existsSync(join(person.profileDir, 'vault.json')))
  assert.equal(startsIn(person), ['bystander'], 'id show started the bystander no second time')
})

test('a passphrase is asked by commands that need the vault and by no other', async () => {
  await using person = withTicker()
  const set = person.start(['vault', 'passphrase'], { stdio: ['pipe', 'pipe', 'pipe'] })
  set.child.stdin!.end('correct horse\n')
  assert.is((await set.ended).code, 0)
  for (const line of [
    ['plugins', 'list'],
    ['plugins', 'why', 'vault-file'],
    ['plugins', 'graph'],
    ['bystander', 'shout'],
  ]) {
    assert.is((await person.palabre(...line)).code, 0, line.join(' '))
  }
  assert.match((await person.palabre('id', 'show')).err, 'PALABRE_PASSPHRASE')
})

test('what comes later runs in the one that is up, streams and failures too, in the language of who asks', async () => {
  await using person = withTicker()
  const listening = await listen(person)
  const told = await person.palabre('tick', 'who', '--verbose', '--lang', 'fr')
  assert.is(told.out, `processus ${listening.child.pid}\n`)
  assert.match(told.err, `exécuté dans le Palabre en marche, processus ${listening.child.pid}`)
  const quiet = await person.palabre('tick', 'who', '--json')
  assert.equal([quiet.out, quiet.err], [`${listening.child.pid}\n`, ''])

  const counted = await person.palabre('tick', 'count', '5000', '--json')
  assert.is(counted.out, Array.from({ length: 5000 }, (_, i) => `${i}\n`).join(''))

  const failed = await person.palabre('tick', 'fail', '--lang', 'fr')
  assert.equal([failed.code, failed.err], [3, 'personne ne répond\n'])
  assert.is((await person.palabre('tick', 'who', '--to', 'nobody')).code, 2)

  listening.signal('SIGINT')
  assert.is((await listening.ended).code, 0)
  assert.match((await person.palabre('tick', 'who')).out, /^process \d+\n$/)
})

test('a stream that is attached ends with Ctrl-C there and goes on here', async () => {
  await using person = withTicker()
  const listening = await listen(person)
  const other = await listen(person)
  assert.match(other.said(), `listening in ${listening.child.pid}`)
  other.signal('SIGINT')
  assert.is((await other.ended).code, 0)
  await listening.says('left 1')
  assert.is((await person.palabre('tick', 'who')).out, `process ${listening.child.pid}\n`)
})

test('what the one that is up has not started yet starts when it is asked for there', async () => {
  await using person = withTicker()
  await listen(person)
  assert.is((await person.palabre('id', 'show')).code, 0)
  const list = JSON.parse((await person.palabre('plugins', 'list', '--json')).out) as { id: string; state: string }[]
  const states = new Map(list.map(({ id, state }) => [id, state]))
  assert.equal([states.get('command-identity'), states.get('bystander')], ['running', 'planned'])
})

test('a question is asked where the command was typed', async () => {
  await using person = withTicker()
  await listen(person)
  const asks = person.start(['tick', 'ask'], { stdio: ['pipe', 'pipe', 'pipe'] })
  asks.child.stdin!.end('my own words\n')
  assert.is((await asks.ended).out, 'heard my own words\n')
  const byEnv = person.start(['tick', 'ask', '--old'], { env: { PALABRE_PASSPHRASE: 'from my side' } })
  assert.is((await byEnv.ended).out, 'heard from my side\n')
  assert.is((await person.palabre('tick', 'ask')).out, 'heard nothing\n')
})

test('whoever holds it may end at any time: those in it are told with code 3, and those after it hold it themselves', async () => {
  await using person = withTicker()
  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    const listening = await listen(person)
    const inside = await listen(person)
    listening.signal(signal)
    const { code, err } = await inside.ended
    assert.is(code, 3)
    assert.match(err, `the Palabre in which this ran (process ${listening.child.pid}) has ended before it was done`)
    // The plugin itself cannot tidy up after that.
    if (signal === 'SIGKILL') rmSync(join(person.folder, 'counter.open'))
    assert.is((await person.palabre('tick', 'who')).code, 0, `after ${signal}`)
    assert.equal(
      readdirSync(person.profileDir).filter((name) => /sock|running.json/.test(name)),
      [],
    )
  }
})

test('--attach and --no-attach are taken at their word', async () => {
  await using person = withTicker()
  const none = await person.palabre('tick', 'who', '--attach')
  assert.equal([none.code, none.err.split('\n')[0]], [3, 'no Palabre is up in this profile'])
  const listening = await listen(person)
  assert.is((await person.palabre('bystander', 'shout', '--attach')).out, '"bystander.shout"\n')
  const refused = await person.palabre('tick', 'who', '--no-attach')
  assert.is(refused.code, 2)
  assert.match(refused.err, `process ${listening.child.pid}`)
  assert.is((await person.palabre('tick', 'who', '--attach', '--no-attach')).code, 2)
  const otherwise = await person.palabre('tick', 'who', '--profile', 'examples')
  assert.is(otherwise.code, 2)
  assert.match(otherwise.err, 'runs without --plugins and --profile')
  const second = await person.palabre('run')
  assert.is(second.code, 2)
  assert.match(second.err, `process ${listening.child.pid}`)
})

test('of twenty at once each does its work, one kernel at a time', async () => {
  await using person = withTicker()
  const begun = performance.now()
  const all = await Promise.all(Array.from({ length: 20 }, () => person.palabre('tick', 'alone')))
  assert.equal(
    all.map(({ code, err }) => [code, err.replace(/^waiting for another command.*\n/, '')]),
    all.map(() => [0, '']),
  )
  assert.equal(
    all.map(({ out }) => Number(out)).toSorted((a, b) => a - b),
    Array.from({ length: 20 }, (_, i) => i + 1),
  )
  console.log(`MEASURED: twenty commands at once, one after the other: ${Math.round(performance.now() - begun)} ms`)
})

test('twenty changes of plugins.json at once are all there afterwards', async () => {
  await using person = withTicker()
  const begun = await Promise.all(Array.from({ length: 20 }, (_, i) => person.palabre('plugins', 'disable', changed[i]!)))
  assert.equal(
    begun.map(({ code }) => code),
    changed.map(() => 0),
  )
  const { plugins } = JSON.parse(readFileSync(person.settings, 'utf8')) as { plugins: Record<string, boolean> }
  for (const id of changed) assert.is(plugins[id], false, id)
})

test('of some that begin to listen at once one holds the profile, and all listen', async () => {
  await using person = withTicker()
  const all = await Promise.all(Array.from({ length: 5 }, () => listen(person)))
  const holders = new Set(all.map((one) => /listening in (\d+)/.exec(one.said())![1]))
  assert.is(holders.size, 1)
  assert.ok(all.some(({ child }) => holders.has(String(child.pid))))
})

test('the secret of the door stands in a file of one’s own, and nobody comes in without it', async () => {
  await using person = withTicker()
  await listen(person)
  const file = join(person.profileDir, 'running.json')
  assert.is(statSync(file).mode & 0o777, 0o600)
  const { address } = (JSON.parse(readFileSync(file, 'utf8')) as { door: { address: string } }).door
  const wrong = { kind: 'run', secret: 'x'.repeat(43), command: 'tick.who', args: {} }
  for (const line of [JSON.stringify(wrong), '{}', 'GET / HTTP/1.1', 'x'.repeat(2 * 1024 * 1024)]) {
    const socket = connect(address)
    let answer = ''
    socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk))
    socket.on('error', () => undefined).end(`${line}\n`)
    await new Promise((closed) => socket.once('close', closed))
    assert.is(answer, '')
  }
})

test.run()

/** A plugin that stands for one with state in the profile folder: it provides a store, and counts who has it open. */
function withTicker(): Person {
  const counter = `
    const file = ${JSON.stringify('FILE')}
    const { readFileSync, writeFileSync, rmSync } = await import('node:fs')
    const { asker } = needs
    let left = 0
    writeFileSync(file + '.open', '', { flag: 'wx' })
    scope.onStop(() => rmSync(file + '.open'))
    scope.command('tick.listen', async function* (_args, { signal }) {
      yield reply('', text('listening in ' + process.pid, 'écoute dans ' + process.pid))
      const bell = Promise.withResolvers()
      const tell = () => bell.resolve()
      waiting.add(tell)
      signal.addEventListener('abort', () => { waiting.delete(tell); left++; for (const one of waiting) one() })
      if (!signal.aborted) await Promise.race([bell.promise, new Promise((done) => signal.addEventListener('abort', done))])
      yield reply('', text('left ' + left, 'partis ' + left))
      if (!signal.aborted) await new Promise((done) => signal.addEventListener('abort', done))
    })
    scope.command('tick.count', async function* ({ to }) { for (let i = 0; i < to; i++) yield reply(i) })
    scope.command('tick.who', () => reply(process.pid, text('process ' + process.pid, 'processus ' + process.pid)))
    scope.command('tick.fail', () => { throw new PalabreError('unreachable', text('nobody answers', 'personne ne répond')) })
    scope.command('tick.alone', () => {
      let n = 0
      try { n = Number(readFileSync(file, 'utf8')) } catch {}
      writeFileSync(file, String(n + 1))
      return reply(n + 1)
    })
    scope.command('tick.ask', async ({ old }) => {
      const said = await asker.secret(text('Say:', 'Dites :'), old ? 'passphrase' : 'new-passphrase')
      return reply(said, text('heard ' + (said ?? 'nothing'), 'entendu ' + (said ?? 'rien')))
    })
    const waiting = new Set()
    return { store: {} }`
  const person = newPerson({ plugins: { 'store-sqlite': false, ...from('ticker', 'bystander') } })
  const commands = [
    command('tick.listen', {}, { streams: true }),
    command('tick.count', { to: { type: 'integer' } }, { streams: true, positional: ['to'] }),
    command('tick.ask', { old: { type: 'boolean' } }),
    ...['tick.who', 'tick.fail', 'tick.alone'].map((id) => command(id)),
  ]
  const body = counter.replace('FILE', join(person.folder, 'counter'))
  const declares = `needs: { asker: token('asker') }, provides: { store: token('store') },`
  person.write(plugin('ticker', body, { needs: ['asker@1'], provides: ['store@1'], commands }, declares))
  const starts = `const { appendFileSync } = await import('node:fs')
    appendFileSync(${JSON.stringify(join(person.folder, 'starts'))}, 'bystander\\n')
    scope.command('bystander.shout', () => reply('bystander.shout', text('"bystander.shout"', '"bystander.shout"')))`
  person.write(plugin('bystander', starts, { commands: [command('bystander.shout')] }))
  writeFileSync(join(person.folder, 'starts'), '')
  return person
}

async function listen(person: Person): Promise<CliProcess> {
  const one = person.start(['tick', 'listen'])
  await one.says(/listening in \d+\n/)
  return one
}

function startsIn(person: Person): string[] {
  const starts = readFileSync(join(person.folder, 'starts'), 'utf8').trim().split('\n')
  writeFileSync(join(person.folder, 'starts'), '')
  return [...new Set(starts)]
}
