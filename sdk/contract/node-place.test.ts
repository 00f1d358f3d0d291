import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { readNodePlace } from './node-place.ts'

test('what leads somewhere is read, what does not is left out', () => {
  assert.equal(readNodePlace({ peer: '12D3Koo', addresses: ['/ip4/1.2.3.4/tcp/1', 7, 'x'.repeat(300)], more: 1 }), {
    peer: '12D3Koo',
    addresses: ['/ip4/1.2.3.4/tcp/1'],
  })
  assert.equal(readNodePlace({ peer: '12D3Koo' }), { peer: '12D3Koo', addresses: [] })
  assert.is(readNodePlace({ peer: 'a', addresses: Array.from({ length: 100 }, () => '/ip4/1.2.3.4/tcp/1') })!.addresses.length, 16)
})

test('what is no hint leads nowhere', () => {
  for (const value of [undefined, null, [], 'x', {}, { peer: 3 }, { peer: '' }, { peer: '../x' }, { peer: 'a'.repeat(129) }])
    assert.is(readNodePlace(value), undefined)
})

test.run()
