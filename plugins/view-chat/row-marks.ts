/** What sets a message apart from the others, by its id; each of them one message at most. */
export interface RowMarks {
  /** Its tools are shown, and the Tab key leads to it. */
  readonly active: string | undefined
  /** Its reactions are being chosen. */
  readonly choosing: string | undefined
  /** It is deleted when that is asked for once more. */
  readonly removing: string | undefined
  /** The person was led to it. */
  readonly found: string | undefined
}

export const noMarks: RowMarks = { active: undefined, choosing: undefined, removing: undefined, found: undefined }
