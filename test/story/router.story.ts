import { openRouter } from '@palabre/nat-upnp/router-for-tests'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { inOwnNetwork } from '../network/in-own-network.ts'
import { newTalker } from './two-talkers.ts'

const here = '10.77.0.1'
const outside = '9.9.9.9'
const listen = { 'transport-tcp': { enabled: true, config: { listen: [`/ip4/${here}/tcp/4101`] } } }

inOwnNetwork(import.meta.filename, () => {
  test('switched on, the router lets others in and that address is announced; switched off, it is given back', async () => {
    await using router = await openRouter({ external: outside, host: here })
    await using ada = newTalker({ ...listen, 'nat-upnp': true })
    const watching = ada.start(['net', 'watch', '--json'])
    await watching.says(`/ip4/${outside}/tcp/4101/p2p/`)
    assert.equal([...router.mapped], [['TCP 4101', `${here}:4101`]])
    const info = await ada.palabre('net', 'info')
    assert.match(info.out, `/ip4/${outside}/tcp/4101/p2p/`, info.err)

    assert.is((await ada.palabre('plugins', 'disable', 'nat-upnp')).code, 0)
    await router.maps(0)
    await watching.says(
      (said) => said.trim().split('\n').at(-1)!.includes(`/${here}/`) && !said.trim().split('\n').at(-1)!.includes(outside),
    )
    assert.is((await ada.palabre('net', 'info')).out.includes(outside), false)
    watching.signal('SIGINT')
    assert.is((await watching.ended).code, 0)
  })

  test('while it is off no router is asked', async () => {
    await using router = await openRouter({ external: outside, host: here })
    await using ada = newTalker(listen)
    const { code, out, err } = await ada.palabre('net', 'start-discovery', '--seconds', '3')
    assert.is(code, 0, err)
    assert.is(out.includes(outside), false)
    assert.equal([router.searched.count, router.heard, router.mapped.size], [0, [], 0])
  })
})
