import { definePlugin } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { reply } from '@palabre/sdk/contract/command'
import { Greeter, Greeting } from '@palabre/sdk/contract/greeter'
import { createVisits, visitsText } from './visits.ts'

export const plugin = definePlugin({
  needs: { greeter: Greeter, clock: Clock },
  taps: [Greeting],
  start({ greeter, clock }, scope) {
    const visits = createVisits()
    scope.tap(Greeting, (greeting, name) => (visits.isBack(name) ? `${greeting} 🔔` : greeting), { stage: 'late' })
    scope.every(60_000, () => visits.forgetBefore(clock.now() - 3_600_000))
    scope.command<{ name: string }>('doorbell.ring', ({ name }) => {
      const greeting = greeter.greet(name)
      visits.add(name, clock.now())
      return reply({ greeting, visits: visits.count }, visitsText(greeting, visits.count))
    })
  },
})
