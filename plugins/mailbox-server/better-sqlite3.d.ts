/** What this plugin uses of the driver, whose own description its package does not lead to. */
declare module 'better-sqlite3' {
  export default class Database {
    constructor(file: string, options: { timeout: number })
    pragma(text: string): unknown
    exec(sql: string): this
    prepare<Parameters extends readonly unknown[] = readonly unknown[], Row = unknown>(sql: string): Statement<Parameters, Row>
    close(): this
  }

  export interface Statement<Parameters extends readonly unknown[], Row> {
    readonly reader: boolean
    run(...parameters: Parameters): { readonly changes: number | bigint; readonly lastInsertRowid: number | bigint }
    all(...parameters: Parameters): Row[]
    iterate(...parameters: Parameters): IterableIterator<Row>
  }
}
