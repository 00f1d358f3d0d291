import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { markersIn } from './demo-search.ts'

const marker = { what: 'it', bytes: Buffer.from('the lighthouse keeper') }

test('a marker is found wherever and however it passed', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), fc.uint8Array({ maxLength: 50 }), (before, after) => {
      const around = (said: Uint8Array | string) => Buffer.concat([before, Buffer.from(said), after])
      const whole = Buffer.concat([before, marker.bytes, after])
      for (const passed of [
        whole,
        around(marker.bytes.toString('hex')),
        Buffer.from(whole.toString('base64')),
        Buffer.from(whole.toString('base64url')),
      ])
        assert.equal(markersIn(passed, [marker]), ['it'])
    }),
  )
})

test('and not where it did not', () => {
  assert.equal(markersIn(Buffer.from('the lighthouse, its keeper'), [marker]), [])
})

test.run()
