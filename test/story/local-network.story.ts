import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { inOwnNetwork } from '../network/in-own-network.ts'
import type { Person } from './cli-process.ts'
import { meet, newTalker } from './two-talkers.ts'

/** TCP on this port of the local network, and mDNS or not. */
const at = (port: number, mdns: boolean) => ({
  'transport-tcp': { enabled: true, config: { listen: [`/ip4/10.77.0.1/tcp/${port}`] } },
  'discovery-mdns': mdns,
})

/** Somewhere else from now on: what others know of the address leads nowhere. */
function move(person: Person, port: number, mdns: boolean): void {
  const { plugins } = JSON.parse(readFileSync(person.settings, 'utf8')) as { plugins: object }
  person.write({ 'profile/plugins.json': { plugins: { ...plugins, ...at(port, mdns) } } })
}

/** Bob says this to Ada, who listens meanwhile: how it ended. */
async function says(bob: Person, ada: Person, message: string) {
  const listening = ada.start(['listen', '--json'])
  await listening.says('\n')
  const sent = await bob.palabre('send', '--to', 'Ada', '--message', message, '--wait', 'delivered', '--seconds', '12')
  listening.signal('SIGINT')
  const { out } = await listening.ended
  return { code: sent.code, err: sent.err, arrived: out.includes(message) }
}

inOwnNetwork(import.meta.filename, () => {
  test('two who have moved find each other on the local network by mDNS alone, and talk; without it they do not', async () => {
    await using ada = newTalker(at(4101, true))
    await using bob = newTalker(at(4102, true))
    await meet(ada, bob)
    move(ada, 4103, true)
    move(bob, 4104, true)
    const found = await says(bob, ada, 'by mDNS')
    assert.equal([found.code, found.arrived], [0, true], found.err)

    const watching = ada.start(['net', 'watch', '--json'])
    const { self } = JSON.parse((await watching.says('\n')).split('\n')[0]!) as { self: string }
    const looking = bob.start(['net', 'start-discovery', '--json'])
    const row = (await looking.says(self)).split('\n').find((line) => line.includes(self))!
    assert.is((JSON.parse(row) as { by: string }).by, 'mdns')
    for (const one of [looking, watching]) {
      one.signal('SIGINT')
      await one.ended
    }

    move(ada, 4105, false)
    move(bob, 4106, false)
    const lost = await says(bob, ada, 'by nothing')
    assert.equal([lost.code === 0, lost.arrived], [false, false], lost.err)
  })
})
