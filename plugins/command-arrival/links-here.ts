import { PalabreError, text, type Text } from '@palabre/sdk'
import { reply, type Reply } from '@palabre/sdk/contract/command'
import type { LinkOpener, LinksGo } from '@palabre/sdk/contract/link-opener'

/** Where `palabre:` links go on this machine; `unknown` where we have no say in it. */
export async function linksHere(opener: LinkOpener | undefined, { here }: { here?: 'on' | 'off' }): Promise<Reply> {
  if (opener === undefined) {
    if (here !== undefined) throw noSay()
    return reply({ links: 'unknown' }, says.unknown)
  }
  if (here === 'on') await opener.register()
  if (here === 'off') await opener.unregister()
  const links = await opener.state()
  return reply({ links }, says[links])
}

const says: Readonly<Record<LinksGo | 'unknown', Text>> = {
  ours: text('A click on a palabre: link opens it here.', 'Un clic sur un lien palabre: l’ouvre ici.'),
  others: text('palabre: links open in another program.', 'Les liens palabre: s’ouvrent dans un autre programme.'),
  nobody: text('No program opens palabre: links.', 'Aucun programme n’ouvre les liens « palabre: ».'),
  unknown: text(
    'This system does not let Palabre take palabre: links: paste them.',
    'Ce système ne laisse pas Palabre prendre les liens palabre: ; collez-les.',
  ),
}

function noSay(): PalabreError {
  return new PalabreError('wrong-host', says.unknown)
}
