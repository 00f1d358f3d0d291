import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { bytesText, msText } from './amount.ts'

test('bytes are told in the unit that fits, in both languages', () => {
  const said = [0, 1, 999, 1_000, 1_250, 999_960, 12_000_000, 3e12, 5e15].map((bytes) => bytesText(bytes).en)
  assert.equal(said, ['0 bytes', '1 byte', '999 bytes', '1 kB', '1.3 kB', '1,000 kB', '12 MB', '3 TB', '5,000 TB'])
  assert.match(bytesText(1_250).fr, /^1,3\sko$/)
  assert.match(bytesText(2).fr, /^2\soctets$/)
})

test('a short while is told as exactly as it matters', () => {
  assert.equal(
    [0, 1.26, 9.94, 12.4, 1_234].map((ms) => msText(ms).en),
    ['0 ms', '1.3 ms', '9.9 ms', '12 ms', '1,234 ms'],
  )
  assert.match(msText(1.26).fr, /^1,3\sms$/)
})

test.run()
