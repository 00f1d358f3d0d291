import { isPalabreError, messageOf, text, type Text } from '@palabre/sdk'
import { logLevels, LogSink, type Log, type LogRecord } from '@palabre/sdk/contract/log'
import type { Services } from './services.ts'
import type { Timers } from './timers.ts'

const remembered = 500

/** Carries records to whoever contributes a sink now; a sink that comes late hears the last few hundred. */
export interface LogRouter {
  voice(plugin: string): Log
}

export function createLogRouter(services: Services, timers: Timers): LogRouter {
  const past: LogRecord[] = []
  const sinks = new Set<LogSink>()

  services.watch(LogSink.key, { hold: () => ({ [Symbol.dispose]() {} }), guard: async (_, fn) => fn() }, (value) => {
    const sink = value as LogSink
    for (const record of past) tell(sink, record)
    sinks.add(sink)
    return () => void sinks.delete(sink)
  })

  const write = (record: LogRecord) => {
    for (const sink of sinks) tell(sink, record)
    past.push(record)
    if (past.length > remembered) past.shift()
  }

  const voice = (plugin: string): Log => {
    const at =
      (level: LogRecord['level']) =>
      (message: string, fields: LogRecord['fields'] = {}) =>
        write({ time: timers.now(), level, plugin, message, fields })
    return Object.freeze(Object.fromEntries(logLevels.map((level) => [level, at(level)]))) as Log
  }
  return { voice }
}

function tell(sink: LogSink, record: LogRecord): void {
  try {
    sink.write(record)
  } catch {
    // A sink that throws has nowhere to say so: the log is where it would be said.
  }
}

/** What a thrown thing says to a person: its own sentence when it has one in both languages. */
export function textOf(error: unknown): Text {
  if (isPalabreError(error)) return error.text
  const message = messageOf(error)
  return text(message, message)
}
