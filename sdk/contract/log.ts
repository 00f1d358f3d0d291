import { slot } from '../token.ts'

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error'

/** From the chattiest to the gravest. */
export const logLevels: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error']

/** Fields are plain values, so that no object with a secret in it is printed by accident. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>

/** A plugin's own voice in the log. Messages are for engineers and in English; what a person must read goes another way. */
export type Log = Readonly<Record<LogLevel, (message: string, fields?: LogFields) => void>>

export interface LogRecord {
  /** Milliseconds since 1970. */
  readonly time: number
  readonly level: LogLevel
  /** The plugin that spoke, or `kernel`. */
  readonly plugin: string
  readonly message: string
  readonly fields: LogFields
}

/** Where log records go. A sink that comes late is told the last few hundred records from before. */
export interface LogSink {
  /** Must not throw and must not log. */
  write(record: LogRecord): void
}

export const LogSink = slot<LogSink>('log-sink')
