import { waterfallHook } from '../hook.ts'
import { token } from '../token.ts'

/** A contract small enough to read at a glance: the two example plugins meet here. */
export interface Greeter {
  /** Never empty, whatever the name. */
  greet(name: string): string
}

export const Greeter = token<Greeter>('greeter')

/** Every greeting passes here before anybody hears it, with the name it is for. */
export const Greeting = waterfallHook<string, [name: string]>('greeting')
