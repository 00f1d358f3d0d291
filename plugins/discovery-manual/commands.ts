import { PalabreError, text } from '@palabre/sdk'
import { reply } from '@palabre/sdk/contract/command'
import { leadsTo, type NamedPeers } from './named-peers.ts'

/** Naming peers while we run. */
export function peerCommands(named: NamedPeers) {
  return {
    add({ address }: { readonly address: readonly string[] }) {
      const unfit = address.find((one) => leadsTo(one) === undefined)
      if (unfit !== undefined) throw namesNobody(unfit)
      const added = address.filter((one) => named.add(one))
      return reply(
        { added },
        text(
          `Added ${added.length} of ${address.length}, until Palabre ends.`,
          `${added.length} sur ${address.length} ajoutés, jusqu’à la fin de Palabre.`,
        ),
      )
    },
    remove({ peer }: { readonly peer: string }) {
      const removed = named.remove(peer)
      if (removed === 0) throw notNamed(peer)
      return reply({ removed }, text(`Removed ${removed}.`, `${removed} supprimés.`))
    },
    list() {
      const all = named.all()
      return reply(all, text(all.join('\n') || 'Nobody is named.', all.join('\n') || 'Personne n’est nommé.'))
    },
  }
}

function namesNobody(address: string): PalabreError {
  return new PalabreError('bad-argument', text(`this names no peer: ${address}`, `ceci ne nomme aucun pair : ${address}`), {
    todo: text(
      'An address ends in /p2p/ and the peer’s id, as palabre net info prints it; an invite is taken whole.',
      'Une adresse se termine par /p2p/ et l’identifiant du pair, comme l’affiche palabre net info ; une invitation se donne entière.',
    ),
  })
}

function notNamed(peer: string): PalabreError {
  return new PalabreError('peer-unknown', text(`nobody was added as ${peer}`, `personne n’a été ajouté comme ${peer}`), {
    todo: text(
      'See: palabre net named-peers. Those of plugins.json are removed there.',
      'Voyez : palabre net named-peers. Ceux de plugins.json se suppriment là.',
    ),
  })
}
