/** What this plugin uses of the driver, whose own description its package does not lead to. */
declare module 'better-sqlite3' {
  export default class Database {
    constructor(file: string, options: { timeout: number })
    readonly open: boolean
    readonly inTransaction: boolean
    /** A literal as SQLCipher reads it. */
    key(key: Uint8Array): number
    pragma(text: string, options?: { simple: true }): unknown
    exec(sql: string): this
    prepare<Parameters extends readonly unknown[] = readonly unknown[], Row = unknown>(sql: string): Statement<Parameters, Row>
    close(): this
  }

  export interface Statement<Parameters extends readonly unknown[], Row> {
    readonly reader: boolean
    run(...parameters: Parameters): { readonly changes: number | bigint; readonly lastInsertRowid: number | bigint }
    get(...parameters: Parameters): Row | undefined
    all(...parameters: Parameters): Row[]
    iterate(...parameters: Parameters): IterableIterator<Row>
    /** The first column alone. */
    pluck(): this
  }
}
