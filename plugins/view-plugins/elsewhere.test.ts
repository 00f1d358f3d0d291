import type { HostKind } from '@palabre/sdk'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { isMadeForOthers } from './elsewhere.ts'
import { pluginInfo } from './plugin-info-for-tests.ts'

const running = (...hosts: HostKind[]) => pluginInfo({ id: `runs-${hosts.join('-')}`, hosts, state: 'running' })
const resting = (...hosts: HostKind[]) => pluginInfo({ id: `rests-${hosts.join('-')}`, hosts, state: 'disabled' })

test('what runs here tells where here is, and what is made for elsewhere', () => {
  const inDesktop = [running('cli', 'desktop', 'web'), running('desktop'), resting('web'), resting('cli', 'desktop')]
  assert.equal(
    inDesktop.filter((info) => isMadeForOthers(info, inDesktop)).map(({ id }) => id),
    ['rests-web'],
  )
})

test('where it cannot be told, nothing is claimed', () => {
  const somewhere = [running('cli', 'desktop', 'web'), resting('web'), resting('cli')]
  assert.not.ok(somewhere.some((info) => isMadeForOthers(info, somewhere)))
  assert.not.ok(isMadeForOthers(resting('web'), []))
})

test.run()
