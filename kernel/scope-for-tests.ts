import { definePlugin, slot, type token } from '@palabre/sdk'
import { testPlugin, type TestPlugin } from '@palabre/sdk/testkit'

export const Sink = slot<string>('sink')

export function contributor(id: string, value: string): TestPlugin {
  return testPlugin(id, definePlugin({ provides: { sink: Sink }, start: () => ({ sink: value }) }))
}

export function provider<T>(id: string, given: ReturnType<typeof token<T>>, value: T): TestPlugin {
  return testPlugin(id, definePlugin({ provides: { given }, start: () => ({ given: value }) as never }))
}

export function thrownBy(use: () => unknown): unknown {
  try {
    use()
  } catch (error) {
    return error
  }
  return undefined
}
