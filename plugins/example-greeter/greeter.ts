import type { Greeter } from '@palabre/sdk/contract/greeter'

/** Knows nothing of plugins: `colour` is whatever may be done to a greeting on its way out. */
export function createGreeter(
  word: string,
  colour: (greeting: string, name: string) => string,
): Greeter & { setWord(word: string): void } {
  let now = word
  return {
    greet: (name) => colour(name === '' ? `${now}!` : `${now}, ${name}!`, name),
    setWord: (changed) => void (now = changed),
  }
}
