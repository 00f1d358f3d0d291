import { token } from '../token.ts'

/** Where a person's files live, lent by hosts that have a disk. Everything in it is readable by that person only. */
export interface ProfileFolder {
  /** An absolute path inside the folder; each plugin keeps to names that begin with its role. */
  file(name: string): string
}

export const ProfileFolder = token<ProfileFolder>('profile-folder')
