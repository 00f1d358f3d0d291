import { isPalabreError } from '@palabre/sdk'
import { encodeInviteBody, inviteLink } from '@palabre/sdk/contract/invite-wire'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { multiaddr } from '@multiformats/multiaddr'
import { readAddresses, readFound, readTarget, withPeer } from './addresses.ts'
import { readOwnAddresses } from './own-addresses.ts'

const me = '12D3KooWSu6zKNKbsm28CNH9KwrjVvccRGDUYnWgu3fTjAGgAVRS'
const other = '12D3KooWKhagi9Vr1DwkoB1zVHgTogRaVNBjzcoCL3HezXGQSbRB'

function codeOf(run: () => unknown): string | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    return isPalabreError(error) ? error.code : String(error)
  }
}

test('a target is a peer, its addresses, or both', () => {
  assert.equal(readTarget(me), { peer: me, addresses: [] })
  assert.equal(readTarget(`/p2p/${me}`), { peer: me, addresses: [] })
  assert.equal(readTarget(`/ip4/1.2.3.4/tcp/5/p2p/${me}`), { peer: me, addresses: ['/ip4/1.2.3.4/tcp/5'] })
  assert.equal(readTarget('/ip4/1.2.3.4/tcp/5'), { peer: undefined, addresses: ['/ip4/1.2.3.4/tcp/5'] })
  assert.equal(readTarget([me, '/ip4/1.2.3.4/tcp/5']), { peer: me, addresses: ['/ip4/1.2.3.4/tcp/5'] })
  const relayed = `/ip4/1.2.3.4/tcp/5/p2p/${other}/p2p-circuit`
  assert.equal(readTarget(`${relayed}/p2p/${me}`), { peer: me, addresses: [relayed] })
})

test('an invite leads to the node that it tells of, and to no other', () => {
  const body = { key: new Uint8Array(32), id: '00'.repeat(16), expiresAt: 0, name: '', offers: [] }
  const invite = (hints: Record<string, unknown>) => inviteLink(encodeInviteBody({ ...body, hints }), new Uint8Array(64))
  const told = { peer: me, addresses: ['/ip4/1.2.3.4/tcp/5', `/ip4/1.2.3.4/tcp/6/p2p/${other}`, 'junk'] }
  assert.equal(readTarget(invite({ link: told })), { peer: me, addresses: ['/ip4/1.2.3.4/tcp/5'] })
  for (const hints of [{}, { link: 'nowhere' }, { link: { peer: 'nobody' } }, { mailbox: told }])
    assert.is(
      codeOf(() => readTarget(invite(hints))),
      'bad-argument',
    )
})

test('an address of our own form is read, and handed on as bytes, whoever takes it; what is not of that form is not', () => {
  readOwnAddresses()
  const own = '/palabre/hyperdht.Zm9vX2Jhcg-'
  assert.equal(readTarget(`${own}/p2p/${me}`), { peer: me, addresses: [own] })
  assert.is(multiaddr(multiaddr(own).bytes).toString(), own)
  for (const value of ['Hyper.x', 'x.y.z', 'x.', '.y', 'x y', `x.${'y'.repeat(127)}`])
    assert.is(
      codeOf(() => readTarget(`/palabre/${value}`)),
      'bad-argument',
      value,
    )
})

test('what is no target is the caller’s mistake', () => {
  for (const said of ['', 'x', '/', '/nothing', '/ip4/1.2.3.4.5/tcp/1', '/ip4/1.2.3.4/tcp/70000', `/ip4/1.2.3.4/tcp/5/p2p/x`])
    assert.is(
      codeOf(() => readTarget(said)),
      'bad-argument',
      said,
    )
  assert.is(
    codeOf(() => readTarget([])),
    'bad-argument',
  )
  assert.is(
    codeOf(() => readTarget([me, other])),
    'bad-argument',
  )
})

test('what others say of themselves is dropped where it cannot be', () => {
  assert.equal(readFound(me, ['/ip4/1.2.3.4/tcp/5', `/ip4/1.2.3.5/tcp/5/p2p/${me}`, `/ip4/1.2.3.6/tcp/5/p2p/${other}`, 'junk']), [
    '/ip4/1.2.3.4/tcp/5',
    '/ip4/1.2.3.5/tcp/5',
  ])
  assert.equal(readAddresses(['/ip4/1.2.3.4/tcp/5', 'junk']), ['/ip4/1.2.3.4/tcp/5'])
})

test('the peer goes to the end', () => {
  assert.is(withPeer('/ip4/1.2.3.4/tcp/5', me).toString(), `/ip4/1.2.3.4/tcp/5/p2p/${me}`)
  assert.is(withPeer('/ip4/1.2.3.4/tcp/5', undefined).toString(), '/ip4/1.2.3.4/tcp/5')
})

test.run()
