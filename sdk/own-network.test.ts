import { isOfOwnNetwork } from '@palabre/sdk'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

test('an address of a private network, of this machine or of a carrier leads no further; others and names do', () => {
  const own = ['10.0.0.1', '127.0.0.1', '169.254.3.4', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '100.127.9.9']
  for (const address of [...own, '0.0.0.0', '::1', '::', 'fc00::1', 'FD12:3456::1', 'fe80::1'])
    assert.ok(isOfOwnNetwork(address), address)
  const far = ['9.9.9.9', '11.0.0.1', '172.15.0.1', '172.32.0.1', '192.169.0.1', '100.63.0.1', '100.128.0.1', '169.253.0.1']
  for (const host of [
    ...far,
    '2001:db8::1',
    'fec0::1',
    '10.example.org',
    'fcbayern.example',
    'fd.example.org',
    '127.0.0.1.example.org',
  ])
    assert.not.ok(isOfOwnNetwork(host), host)
})

test.run()
