import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { checkTurn } from './check-turn.ts'

const account = { username: 'ada', credential: 'a secret' }

test('a TURN server over TCP or TLS is of no use outside of a browser, and it is said before anybody is asked', async () => {
  const urls = ['turn:192.0.2.1:3478?transport=tcp', 'turns:192.0.2.1:5349', 'turns:turn.example?transport=tcp']
  const turn = urls.map((url) => ({ url, ...account }))
  const found = await checkTurn({ config: { stun: [], turn } }, [], AbortSignal.abort(new Error('somebody was asked')))
  assert.equal(
    found.map(({ verdict, figures }) => [verdict, figures]),
    urls.map((url) => ['bad', { url }]),
  )
  for (const { says } of found) {
    assert.match(says.en, 'only a page in a browser')
    assert.match(says.fr, 'seule une page dans un navigateur')
  }
})

test.run()
