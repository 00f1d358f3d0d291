import { definePlugin } from '@palabre/sdk'
import { swapFingerprints } from '../swap-fingerprint.ts'

export const plugin = definePlugin({
  start(_needs, scope) {
    scope.use(swapFingerprints())
  },
})
