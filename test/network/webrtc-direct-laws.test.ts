// slow, limit: 300 s
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { proveAll } from '@palabre/sdk/conformance/law'
import { transportLaws } from '@palabre/sdk/conformance/transport'
import { pairOver } from '@palabre/sdk/conformance/transport-pair'
import { test } from 'uvu'
import { folderOf } from './nodes.ts'

/** Of a certificate that nobody has. */
const hash = 'uEiDDq4_xNyDorZBH3TlGazyJdOWSwvo4PUo5YHFMrvDE8g'

const pairOverWebrtcDirect = pairOver({
  plugins: ['transport-webrtc-direct', 'network-libp2p', 'overlay-memory-none', 'channel-noise', 'clock-system'].map(folderOf),
  plugin: 'transport-webrtc-direct',
  transport: 'webrtc-direct',
  config: { 'transport-webrtc-direct': { listen: [] } },
  there: { 'transport-webrtc-direct': { listen: ['/ip4/127.0.0.1/udp/0/webrtc-direct'] } },
  async around() {
    // Takes every packet and answers none, as nobody would.
    const silent = createSocket('udp4').bind(0, '127.0.0.1')
    await once(silent, 'listening')
    const address = `/ip4/127.0.0.1/udp/${silent.address().port}/webrtc-direct/certhash/${hash}`
    return {
      nobody: { address, codes: ['unreachable', 'timed-out'] },
      silent: address,
      async close() {
        silent.close()
        await once(silent, 'close')
      },
    }
  },
})

proveAll(test, transportLaws, pairOverWebrtcDirect)

test.run()
