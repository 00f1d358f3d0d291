import { text } from '@palabre/sdk'
import { reply, type Reply } from '@palabre/sdk/contract/command'
import { stateWords, type PluginChange, type Plugins } from '@palabre/sdk/contract/plugins'

/** Each change of state as a reply, until the signal says enough. */
export async function* follow(plugins: Plugins, signal: AbortSignal): AsyncGenerator<Reply> {
  const queue: PluginChange[] = []
  let wake = () => {}
  using _watch = plugins.watch((change) => {
    queue.push(change)
    wake()
  })
  signal.addEventListener('abort', () => wake(), { once: true })

  while (true) {
    for (let change = queue.shift(); change !== undefined; change = queue.shift()) yield reply(change, changeText(change))
    if (signal.aborted) return
    await new Promise<void>((resolve) => {
      wake = resolve
    })
  }
}

function changeText({ id, state, reason }: PluginChange) {
  const word = stateWords[state]
  return text(
    `${id}: ${word.en}${reason === undefined ? '' : `, ${reason.en}`}`,
    `${id} : ${word.fr}${reason === undefined ? '' : `, ${reason.fr}`}`,
  )
}
