import { PalabreError, text } from '@palabre/sdk'
import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { makePlan, type PlanBasis, type Planned } from '@palabre/kernel/inside'
import { slowPlan } from './plan-twin.ts'

const out = new PalabreError('switched-off', text('off', 'éteint'))
const ids = Array.from({ length: 9 }, (_, i) => `p${i}`)
const token = fc.constantFrom('a@1', 'b@1', 'c@1', 'd@1', 'a@2')
const label = fc.oneof({ weight: 6, arbitrary: token }, { weight: 1, arbitrary: fc.constantFrom('s@1[]', 'kernel@1') })

const plugin = (id: string): fc.Arbitrary<Planned> =>
  fc.record({
    id: fc.constant(id),
    needs: fc.uniqueArray(label, { maxLength: 2 }),
    provides: fc.oneof(
      { weight: 3, arbitrary: fc.uniqueArray(token, { maxLength: 2 }) },
      { weight: 1, arbitrary: fc.uniqueArray(label, { maxLength: 2 }) },
    ),
    busy: fc.boolean(),
    out: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constant(out) }),
  })

const bindings = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'd'),
  fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1, maxLength: 4 }),
)
const basis: fc.Arbitrary<PlanBasis> = fc
  .record({ plugins: fc.tuple(...ids.map(plugin)), count: fc.nat(ids.length), bindings })
  .map(({ plugins, count, bindings: bound }) => ({
    plugins: plugins.slice(0, count),
    bindings: new Map(Object.entries(bound)),
    builtIn: new Set(['kernel@1']),
  }))

test('the plan is what its slow twin says', () => {
  let compared = 0
  fc.assert(
    fc.property(basis, (given) => {
      const twin = slowPlan(given)
      if (twin.goesInCircles) return
      const plan = makePlan(given)
      assert.equal(plan.runs, twin.runs)
      assert.equal(new Set(plan.standby.keys()), twin.standby)
      assert.equal(plan.providers, twin.providers)
      compared++
    }),
    { numRuns: 3000, seed: 1 },
  )
  assert.ok(compared > 2000, `${compared} compared`)
})

test('whatever the plugins, what runs is complete, ordered and alone in its place, and the rest has a reason', () => {
  fc.assert(
    fc.property(basis, (given) => {
      const plan = makePlan(given)
      const place = new Map(plan.order.map((id, i) => [id, i]))
      assert.equal(new Set(plan.order), plan.runs)
      assert.is(plan.order.length, plan.runs.size)
      for (const { id, needs, out: why } of given.plugins) {
        const excuses = [why !== undefined, plan.standby.has(id), plan.blocked.has(id), plan.runs.has(id)].filter(Boolean)
        assert.is(excuses.length, 1, `${id} has one state`)
        const reason = plan.blocked.get(id)
        if (reason !== undefined) assert.ok(reason.text.en !== '' && reason.text.fr !== '' && reason.todo !== undefined)
        if (!plan.runs.has(id)) continue
        for (const need of needs) {
          if (need.endsWith('[]') || given.builtIn.has(need)) continue
          const provider = plan.providers.get(need)!
          assert.ok(place.get(provider)! < place.get(id)!, `${provider} before ${id}`)
          assert.ok(plan.users.get(provider)!.includes(id))
        }
      }
      for (const [need, provider] of plan.providers) {
        const bound = given.bindings.get(need.split('@')[0]!)
        assert.ok(bound === undefined || bound.includes(provider), 'a binding is a promise')
      }
      for (const id of plan.conflicts) assert.ok(plan.blocked.has(id))
    }),
    { numRuns: 3000, seed: 2 },
  )
})

test('which plugins run does not depend on the order in which they are found', () => {
  fc.assert(
    fc.property(basis, fc.infiniteStream(fc.nat()), (given, numbers) => {
      if (slowPlan(given).goesInCircles) return
      const shuffled = given.plugins
        .map((one) => ({ one, at: numbers.next().value as number }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ one }) => one)
      assert.equal(makePlan({ ...given, plugins: shuffled }).runs, makePlan(given).runs)
    }),
    { numRuns: 1000, seed: 3 },
  )
})

test.run()
