import { PalabreError, text } from '@palabre/sdk'
import type { Asker } from '@palabre/sdk/contract/asker'
import { reply, type Reply } from '@palabre/sdk/contract/command'
import type { Vault } from '@palabre/sdk/contract/vault'

/** `palabre vault passphrase [--remove]`. The new one is asked for, twice of a person, and never stands on the line. */
export async function changePassphrase(vault: Vault, asker: Asker, remove: boolean, signal: AbortSignal): Promise<Reply> {
  const hadOne = vault.hasPassphrase
  await vault.setPassphrase(remove ? undefined : await askNew(asker, signal), { signal })
  return reply({ hasPassphrase: vault.hasPassphrase }, remove ? removed : hadOne ? changed : set)
}

async function askNew(asker: Asker, signal: AbortSignal): Promise<string> {
  const ask = (question: { en: string; fr: string }) => asker.secret(question, 'new-passphrase', { signal })
  const typed = await ask(text('New passphrase:', 'Nouvelle phrase secrète :'))
  if (typed === undefined || typed === '') throw unanswered()
  if (asker.isAttended && (await ask(text('Once more:', 'Encore une fois :'))) !== typed) throw different()
  return typed
}

const set = text(
  'From now on your keys open with this passphrase only. Nobody can give it back to you; your 24 words (palabre id phrase) can bring back your identity.',
  'Désormais vos clés ne s’ouvrent qu’avec cette phrase secrète. Personne ne peut vous la rendre ; vos 24 mots (palabre id phrase) peuvent ramener votre identité.',
)
const changed = text(
  'The new passphrase holds; the old one does not any more.',
  'La nouvelle phrase secrète vaut ; l’ancienne ne vaut plus.',
)
const removed = text(
  'No passphrase any more: whoever can read your files on this machine can use your keys.',
  'Plus de phrase secrète : qui peut lire vos fichiers sur cette machine peut se servir de vos clés.',
)

function unanswered(): PalabreError {
  return new PalabreError(
    'denied',
    text('no new passphrase was given; nothing was changed', 'aucune nouvelle phrase secrète n’a été donnée ; rien n’a changé'),
    {
      todo: text(
        'Run it on a terminal, or pipe the new passphrase into it as one line.',
        'Lancez-le sur un terminal, ou donnez-lui la nouvelle phrase secrète par un tube, en une ligne.',
      ),
    },
  )
}

function different(): PalabreError {
  return new PalabreError(
    'bad-argument',
    text('the two were not the same; nothing was changed', 'les deux n’étaient pas les mêmes ; rien n’a changé'),
    {
      todo: text('Try again.', 'Réessayez.'),
    },
  )
}
