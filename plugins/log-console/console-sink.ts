import { logLevels, type LogLevel, type LogRecord, type LogSink } from '@palabre/sdk/contract/log'

export interface ConsoleSettings {
  readonly level: LogLevel
  readonly format: 'text' | 'json'
}

export interface ConsoleSink extends LogSink {
  configure(settings: ConsoleSettings): void
}

/** Every line goes through `console.error`: on the command line that is standard error, so that standard output stays data. */
export function createConsoleSink(
  settings: ConsoleSettings,
  print: (line: string) => void = (line) => console.error(line),
): ConsoleSink {
  let now = settings
  return {
    configure: (changed) => void (now = changed),
    write(record) {
      if (logLevels.indexOf(record.level) < logLevels.indexOf(now.level)) return
      print(now.format === 'json' ? jsonLine(record) : textLine(record))
    },
  }
}

function jsonLine({ time, ...rest }: LogRecord): string {
  return JSON.stringify({ time: new Date(time).toISOString(), ...rest })
}

function textLine({ time, level, plugin, message, fields }: LogRecord): string {
  const clock = new Date(time).toISOString().slice(11, 23)
  const pairs = Object.entries(fields).map(
    ([key, value]) => ` ${key}=${typeof value === 'string' ? JSON.stringify(value) : String(value)}`,
  )
  return printable(`${clock} ${level.padEnd(5)} ${plugin}: ${message}${pairs.join('')}`)
}

/** Control characters would let a logged name move the cursor or colour the terminal. */
function printable(line: string): string {
  return line.replace(/[\u0000-\u001f\u007f-\u009f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
