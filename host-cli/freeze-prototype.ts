/**
 * What every object inherits can no more be changed. A frozen `toString` would also keep libraries from giving an object one of its
 * own by assignment, as `dns-packet` does, so that one name becomes an accessor that still lets them.
 */
export function freezeObjectPrototype(): void {
  const shared = Object.prototype
  if (Object.isFrozen(shared)) return
  const inherited = shared.toString
  Object.defineProperty(shared, 'toString', {
    get: () => inherited,
    set(this: object, own: unknown) {
      if (this === shared) throw new TypeError('Object.prototype is frozen')
      Object.defineProperty(this, 'toString', { value: own, writable: true, enumerable: true, configurable: true })
    },
  })
  Object.freeze(shared)
}
