import { definePlugin, messageOf } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Contacts } from '@palabre/sdk/contract/contacts'
import { Identity } from '@palabre/sdk/contract/identity'
import { Keyring } from '@palabre/sdk/contract/keyring'
import { filterHook, routeHook, showHook } from '@palabre/sdk/contract/message-hooks'
import { Messenger } from '@palabre/sdk/contract/messenger'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { Route } from '@palabre/sdk/contract/route'
import { Store } from '@palabre/sdk/contract/store'
import { Suite } from '@palabre/sdk/contract/suite'
import { Telling } from '@palabre/sdk/contract/telling'
import { openMessenger } from './messenger.ts'

export const plugin = definePlugin({
  needs: {
    store: Store,
    identity: Identity,
    contacts: Contacts,
    keyring: Keyring,
    primitives: Primitives,
    clock: Clock,
    suites: Suite,
    routes: Route,
    tellings: Telling,
  },
  provides: { messenger: Messenger },
  calls: [filterHook, showHook, routeHook],
  async start(needs, scope) {
    const filter = scope.hook(filterHook)
    const show = scope.hook(showHook)
    const route = scope.hook(routeHook)
    const open = await openMessenger({
      ...needs,
      log: scope.log,
      signal: scope.signal,
      filter: (draft, conversation) => filter.call(draft, conversation),
      show: (message) => show.call(message),
      beforeRoute: (envelope) => route.size > 0 && route.call(envelope),
    })
    scope.onStop(() => open.close())
    needs.routes.watch((one) => {
      const opened = one.open(open.intake)
      const watching = one.watchHints(() => void open.hintsChanged(one.keeps === true))
      void open.roadCame()
      // Who was greeted before it came has not heard of it.
      if (one.keeps === true) void open.hintsChanged(true)
      return () => {
        watching[Symbol.dispose]()
        opened[Symbol.dispose]()
      }
    })
    needs.tellings.watch((one) => {
      const watching = one.watch(() => void open.hintsChanged(true))
      void open.hintsChanged(true)
      return () => watching[Symbol.dispose]()
    })
    const second = 1_000
    scope.every(second, () => open.upkeep.burn())
    scope.every(60 * second, () => open.upkeep.giveUp())
    scope.every(60 * second, () => open.upkeep.closeGaps())
    scope.every(3_600 * second, () => open.upkeep.forget())
    // What has burnt down meanwhile is gone before anybody looks; what is over is said before anything is tried again. On a full disk
    // neither can be, and what is kept can still be read.
    const tryFirst = (work: Promise<void>) =>
      work.catch((error: unknown) => scope.log.warn('not looked after at start', { reason: messageOf(error) }))
    await tryFirst(open.upkeep.burn())
    await tryFirst(open.upkeep.giveUp())
    await open.start()
    return { messenger: open.messenger }
  },
})
