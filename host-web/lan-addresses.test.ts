import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { lanAddresses } from './lan-addresses.ts'

const basics = { netmask: '255.255.255.0', mac: '00:00:00:00:00:00', cidr: null, internal: false }

test('what others can reach and people can type, and nothing that is this machine’s alone', () => {
  const found = lanAddresses({
    lo: [{ ...basics, family: 'IPv4', address: '127.0.0.1', internal: true }],
    eth: [
      { ...basics, family: 'IPv4', address: '192.168.1.5' },
      { ...basics, family: 'IPv6', address: 'fe80::1', scopeid: 2 },
    ],
    wifi: [{ ...basics, family: 'IPv4', address: '169.254.3.4' }],
  })
  assert.equal(found, ['192.168.1.5'])
})

test.run()
