import { isPalabreError, labelOf, messageOf, text, type Text } from '@palabre/sdk'
import { logLevels, LogSink, type Log, type LogRecord } from '@palabre/sdk/contract/log'
import type { Services, Viewer } from './services.ts'
import type { Timers } from './timers.ts'

const remembered = 500

/** Carries records to whoever contributes a sink now; a sink that comes late hears the last few hundred. */
export interface LogRouter {
  voice(plugin: string): Log
}

export function createLogRouter(services: Services, timers: Timers): LogRouter {
  const past: LogRecord[] = []
  const sinks = new Set<LogSink>()

  services.watch(labelOf(LogSink), kernelItself, (value) => {
    const sink = value as LogSink
    for (const record of [...past]) tell(sink, record)
    sinks.add(sink)
    return () => void sinks.delete(sink)
  })

  /** What a sink says while it writes is remembered and goes to no sink, or it would never end. */
  let writing = false
  const write = (record: LogRecord) => {
    past.push(record)
    if (past.length > remembered) past.shift()
    if (writing) return
    writing = true
    for (const sink of sinks) tell(sink, record)
    writing = false
  }

  const voice = (plugin: string): Log => {
    const at =
      (level: LogRecord['level']) =>
      (message: string, fields: LogRecord['fields'] = {}) =>
        write(Object.freeze({ time: timers.now(), level, plugin, message, fields: Object.freeze({ ...fields }) }))
    return Object.freeze(Object.fromEntries(logLevels.map((level) => [level, at(level)]))) as Log
  }
  return { voice }
}

const kernelItself: Viewer = {
  isOpen: true,
  hold: () => ({ [Symbol.dispose]() {} }),
  guard: async (_, fn) => fn(),
  letGo: (work) => work,
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
