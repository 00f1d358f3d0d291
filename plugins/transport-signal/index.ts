import { definePlugin, optional } from '@palabre/sdk'
import { Contacts } from '@palabre/sdk/contract/contacts'
import { labels } from '@palabre/sdk/contract/labels'
import { MeetingPlace } from '@palabre/sdk/contract/meeting-place'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { Signal } from '@palabre/sdk/contract/signal'
import { Transport } from '@palabre/sdk/contract/transport'
import { Vault } from '@palabre/sdk/contract/vault'
import { limits } from './limits.ts'

export const plugin = definePlugin({
  needs: { signals: Signal, contacts: optional(Contacts), vault: Vault, primitives: Primitives },
  provides: { transport: Transport, place: MeetingPlace },
  async start({ signals, contacts, vault, primitives }, scope) {
    const [{ createAudiences }, { createVigil }, { signalTransport, listenAt }, { createPlace }] = await Promise.all([
      import('./audiences.ts'),
      import('./vigil.ts'),
      import('./signal-transport.ts'),
      import('./told-places.ts'),
    ])
    const after = (ms: number, run: () => void) => scope.after(ms, run)
    const key = vault.derive(labels.signal.meeting)
    const audiences = createAudiences({ key, primitives, contacts: () => contacts.current })
    const vigil = createVigil(audiences, signals, scope.log)
    const place = createPlace({ audiences, signals, look: vigil.look, after })
    signals.watch(() => {
      place.changed()
      return place.changed
    })
    contacts.watch((book) => {
      const watching = book.watch(vigil.look)
      vigil.look()
      return () => {
        watching[Symbol.dispose]()
        vigil.look()
      }
    })
    scope.every(limits.look, vigil.look)
    return {
      transport: {
        name: 'signal',
        create: signalTransport({ signals, vigil, after }),
        listen: [listenAt],
        makes: 'relayed',
        rank: 90,
        agreesOnly: true,
      },
      place: place.place,
    }
  },
})
