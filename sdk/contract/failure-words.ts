import { text, type Text } from '../text.ts'

/** What `StoredMessage.why` says of a message that has failed, as a person reads it. */
export function failureText(why: string | undefined): Text {
  switch (why) {
    case 'timed-out':
      return text(
        'it did not arrive in time and is kept nowhere any more; send it again',
        'il n’est pas arrivé à temps et n’est plus gardé nulle part ; renvoyez-le',
      )
    case 'withdrawn':
      return text('you took it back', 'vous l’avez repris')
    case undefined:
    default:
      return text('it does not go any more', 'il ne part plus')
  }
}
