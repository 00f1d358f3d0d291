import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { foundBy, linkCount, shortId } from './words.ts'

test('links are counted, ids shortened, discoveries named', () => {
  assert.is(linkCount(0).en, '0 links')
  assert.is(linkCount(1).fr, '1 lien')
  assert.is(shortId('12D3KooWAbcdefghijklmnopqrstuvwxyz'), '12D3Ko…stuvwxyz')
  assert.is(shortId('short'), 'short')
  assert.is(foundBy(['mdns', 'manual']).fr, 'trouvé par mdns, manual')
})

test.run()
