import { definePlugin, settings } from '@palabre/sdk'
import { Greeter, Greeting } from '@palabre/sdk/contract/greeter'
import { createGreeter } from './greeter.ts'

export const plugin = definePlugin({
  provides: { greeter: Greeter },
  calls: [Greeting],
  config: settings<{ word: string }>(),
  start(_needs, scope) {
    const greeter = createGreeter(scope.config.word, scope.hook(Greeting).call)
    scope.onConfig(({ word }) => greeter.setWord(word))
    return { greeter }
  },
})
