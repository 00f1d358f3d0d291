/** A JSON Schema of draft 2020-12. Titles for people stand under `x-title`, in both languages. */
export interface JsonSchema {
  readonly [keyword: string]: unknown
}
