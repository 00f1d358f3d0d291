import { definePlugin, settings } from '@palabre/sdk'
import { LogSink } from '@palabre/sdk/contract/log'
import { createConsoleSink, type ConsoleSettings } from './console-sink.ts'

export const plugin = definePlugin({
  provides: { sink: LogSink },
  config: settings<ConsoleSettings>(),
  start(_needs, scope) {
    const sink = createConsoleSink(scope.config)
    scope.onConfig(sink.configure)
    return { sink }
  },
})
