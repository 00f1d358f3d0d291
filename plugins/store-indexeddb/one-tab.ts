import { inUse } from './faults.ts'

/** One tab at a time. Resolves with what lets the next one in; the browser does it too when the tab goes. */
export function holdAlone(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const held = navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      if (lock === null) return reject(inUse())
      return new Promise<void>((letGo) => resolve(letGo))
    })
    held.catch(reject)
  })
}
