import { definePlugin, optional, PalabreError, text } from '@palabre/sdk'
import { Asker } from '@palabre/sdk/contract/asker'
import { reply } from '@palabre/sdk/contract/command'
import { Identity } from '@palabre/sdk/contract/identity'
import { idText, phraseText, restoredText, safetyText } from './tell.ts'

export const plugin = definePlugin({
  needs: { identity: Identity, asker: optional(Asker) },
  start({ identity, asker }, scope) {
    scope.command<{ with?: string }>('id.show', ({ with: typed }) => {
      const { userId } = identity
      if (typed === undefined) return reply({ userId }, idText(userId))
      const theirKey = identity.keyOf(typed)
      const other = identity.idOf(theirKey)
      const safetyNumber = identity.safetyNumber(theirKey)
      return reply({ userId, with: other, safetyNumber }, safetyText(safetyNumber, other))
    })
    scope.command<{ yesShowIt: boolean }>('id.phrase', async ({ yesShowIt }) => {
      if (!yesShowIt && asker.current?.isAttended !== true) throw unconfirmed()
      const phrase = await identity.phrase()
      return reply({ phrase }, phraseText(phrase))
    })
    scope.command<{ replace: boolean; phrase?: string }>('id.restore', async ({ replace, phrase: given }, { signal }) => {
      if (given !== undefined && scope.host === 'cli') throw overheard()
      const question = text('Your 24 words:', 'Vos 24 mots :')
      const phrase = given ?? (await asker.current?.secret(question, 'recovery-phrase', { signal }))
      if (phrase === undefined) throw unanswered()
      const userId = await identity.restore(phrase, { replace })
      return reply({ userId }, restoredText(userId))
    })
  },
})

function unconfirmed(): PalabreError {
  return new PalabreError(
    'denied',
    text(
      'the words are shown where a person reads them, and nobody sits at a terminal here',
      'les mots se montrent là où une personne les lit, et il n’y a personne devant un terminal ici',
    ),
    { todo: text('To have them written out nevertheless: --yes-show-it', 'Pour les écrire quand même : --yes-show-it') },
  )
}

function overheard(): PalabreError {
  return new PalabreError(
    'denied',
    text(
      'on a command line the words would stay in its history',
      'sur une ligne de commande, les mots resteraient dans son historique',
    ),
    {
      todo: text(
        'Leave --phrase out: you are asked for them, unseen.',
        'Laissez --phrase de côté : ils vous sont demandés sans être montrés.',
      ),
    },
  )
}

function unanswered(): PalabreError {
  return new PalabreError('denied', text('no words were given; nothing was changed', 'aucun mot n’a été donné ; rien n’a changé'), {
    todo: text(
      'Run it on a terminal, or pipe the 24 words into it.',
      'Lancez-le sur un terminal, ou donnez-lui les 24 mots par un tube.',
    ),
  })
}
