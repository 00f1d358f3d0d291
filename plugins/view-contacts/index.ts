import { definePlugin } from '@palabre/sdk'
import { Action } from '@palabre/sdk/contract/action'
import { Face } from '@palabre/sdk/contract/face'
import { Port } from '@palabre/sdk/contract/port'
import { View } from '@palabre/sdk/contract/view'
import { contactsTag, defineContacts } from './contacts-panel.ts'
import { followBook } from './follow-book.ts'
import { words } from './words.ts'

export const plugin = definePlugin({
  needs: { port: Port, face: Face },
  provides: { view: View, invite: Action },
  start({ port, face }, scope) {
    defineContacts()
    const book = followBook({ port, signal: scope.signal, after: (ms, fn) => scope.after(ms, fn) })
    return {
      view: {
        id: 'contacts',
        title: words.title,
        place: 'panel',
        order: 20,
        icon: 'M9 4a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM3 19c.6-3.2 3-5 6-5s5.4 1.8 6 5M16 4.500a3.5 3.5 0 0 1 0 6.500M18 14.500c1.7.8 2.7 2.3 3 4.5',
        tag: contactsTag,
        properties: { face, port, book },
      },
      invite: { id: 'contacts.invite', title: words.invite, key: 'Ctrl+Shift+I', run: () => face.open('contacts', 'invite') },
    }
  },
})
