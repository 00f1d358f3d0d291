import { messageOf, plural, text, type Text } from '@palabre/sdk'
import type { Live } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Contacts } from '@palabre/sdk/contract/contacts'
import type { Finding } from '@palabre/sdk/contract/finding'
import type { Keyring, KeyringStanding } from '@palabre/sdk/contract/keyring'
import type { Messenger } from '@palabre/sdk/contract/messenger'
import type { Network } from '@palabre/sdk/contract/network'
import { stateWords, type Plugins } from '@palabre/sdk/contract/plugins'
import type { Store } from '@palabre/sdk/contract/store'
import type { Vault } from '@palabre/sdk/contract/vault'

export interface Inside {
  readonly plugins: Plugins
  readonly clock: Clock
  readonly suites: Iterable<{ readonly name: string }>
  readonly routes: Iterable<{ readonly name: string }>
  readonly vault: Live<Vault>
  readonly store: Live<Store>
  readonly keyring: Live<Keyring>
  readonly network: Live<Network>
  readonly messenger: Live<Messenger>
  readonly contacts: Live<Contacts>
}

/** Looks at one thing after another; what cannot be looked at is told as that, and the rest goes on. */
export async function checkup(inside: Inside): Promise<readonly Finding[]> {
  const found: Finding[] = []
  for (const [area, look] of Object.entries(looks)) {
    try {
      found.push(...(await look(inside)).map((one) => ({ area, ...one })))
    } catch (error) {
      found.push({ area, level: 'fault', says: text(messageOf(error), messageOf(error)) })
    }
  }
  return found
}

type Found = Omit<Finding, 'area'>

const looks: Record<string, (inside: Inside) => Found[] | Promise<Found[]>> = {
  plugin: ({ plugins }) => {
    const all = plugins.list()
    const broken = all.filter(({ state }) => state === 'failed' || state === 'blocked' || state === 'quarantined')
    const running = all.filter(({ state }) => state === 'running').length
    const count = plural(running, {
      en: { one: '# plugin runs', other: '# plugins run' },
      fr: { one: '# plugin en marche', other: '# plugins en marche' },
    })
    return [
      { level: 'good', says: count },
      ...broken.map(({ id, state, reason, todo }): Found => {
        const because = (said: string | undefined) => (said === undefined ? '' : `: ${said}`)
        const { en, fr } = stateWords[state]
        return {
          level: state === 'blocked' ? 'setting' : 'fault',
          says: text(`${id} is ${en}${because(reason?.en)}`, `${id} est ${fr}${because(reason?.fr).replace(':', ' :')}`),
          ...(todo === undefined ? {} : { todo }),
        }
      }),
      ...all.flatMap(({ id, problems }) =>
        problems.slice(-3).map((one): Found => ({ level: 'note', says: text(`${id}: ${one.text.en}`, `${id} : ${one.text.fr}`) })),
      ),
    ]
  },
  vault: ({ vault: { current } }) => {
    if (current === undefined) return [missing(text('the vault is not open', 'le coffre n’est pas ouvert'))]
    const open: Found = { level: 'good', says: text('the vault is open', 'le coffre est ouvert') }
    const unguarded: Found = {
      level: 'note',
      says: text(
        'no passphrase is set: whoever can read your profile folder can read everything',
        'aucune phrase de passe : qui peut lire votre dossier de profil peut tout lire',
      ),
      todo: text('palabre vault passphrase sets one.', 'palabre vault passphrase en pose une.'),
    }
    return current.hasPassphrase ? [open] : [open, unguarded]
  },
  store: async ({ store: { current } }) => {
    if (current === undefined)
      return [missing(text('the store is not open: nothing can be kept', 'la base n’est pas ouverte : rien ne peut être gardé'))]
    const [size, conversations] = [await current.size(), await current.conversations()]
    const count = plural(conversations.length, {
      en: { one: '# conversation', other: '# conversations' },
      fr: { one: '# conversation', other: '# conversations' },
    })
    const large = size === undefined ? '' : `, ${(size / 1024 / 1024).toFixed(1)}`
    return [
      {
        level: 'good',
        says: text(
          `the store is open: ${count.en}${large}${large && ' MiB'}`,
          `la base est ouverte : ${count.fr}${large}${large && ' Mio'}`,
        ),
      },
    ]
  },
  suite: async ({ suites, keyring: { current } }) => [
    ...onOrOff(
      suites,
      text(
        'no end-to-end encryption is on: nothing can be sent',
        'aucun chiffrement de bout en bout n’est activé : rien ne peut être envoyé',
      ),
      text('Switch on suite-ratchet in plugins.json.', 'Activez suite-ratchet dans plugins.json.'),
    ),
    ...((await current?.standings()) ?? []).map((one): Found => ({ level: 'good', says: prekeysText(one) })),
  ],
  route: ({ routes }) =>
    onOrOff(
      routes,
      text('no road to anybody is on', 'aucune route vers quelqu’un n’est activée'),
      text('Switch on route-link in plugins.json.', 'Activez route-link dans plugins.json.'),
    ),
  network: async ({ network: { current } }) => {
    if (current === undefined) return [missing(text('the network is not up', 'le réseau n’est pas en marche'))]
    await current.ready()
    const [addresses, links] = [current.addresses(), current.links()]
    if (addresses.length === 0)
      return [
        {
          level: 'setting',
          says: text(
            'the network listens nowhere: nobody can dial you',
            'le réseau n’écoute nulle part : personne ne peut vous appeler',
          ),
          todo: text(
            'Switch on a transport, as transport-tcp, or look at its setting “listen”.',
            'Activez un transport, comme transport-tcp, ou voyez son réglage « listen ».',
          ),
        },
      ]
    const isLocal = addresses.every((one) => /^\/ip4\/127\.|^\/ip6\/::1\//.test(one))
    const shown = addresses.map((one) => one.replace(/\/p2p\/.*$/, '')).join(' ')
    return [
      { level: 'good', says: text(`listens on ${shown}`, `écoute sur ${shown}`) },
      ...(isLocal
        ? [{ level: 'note', says: text('only this machine can reach you', 'seule cette machine peut vous joindre') } as const]
        : []),
      { level: links.length === 0 ? 'note' : 'good', says: text(`linked with ${links.length}`, `liens ouverts : ${links.length}`) },
    ]
  },
  clock: async ({ clock, store: { current } }) => {
    const now = clock.now()
    const last = Math.max(0, ...((await current?.conversations()) ?? []).map((one) => one.last.receivedAt))
    const day = new Date(now).toISOString().slice(0, 16).replace('T', ' ')
    const wrong = now < earliest || now > latest || last > now + skew
    return wrong
      ? [
          {
            level: 'fault',
            says: text(`the clock says ${day}, which cannot be`, `l’horloge dit ${day}, ce qui ne se peut pas`),
            todo: text(
              'Set the clock of this machine: invites and keys end by it.',
              'Réglez l’horloge : invitations et clés en dépendent.',
            ),
          },
        ]
      : [{ level: 'good', says: text(`it is ${day} (UTC)`, `il est ${day} (UTC)`) }]
  },
  outbox: async ({ messenger: { current }, contacts }) => {
    if (current === undefined)
      return [
        missing(text('the messenger does not run: nothing can be sent', 'la messagerie ne tourne pas : rien ne peut être envoyé')),
      ]
    const rows = await current.pending()
    if (rows.length === 0) return [{ level: 'good', says: text('nothing waits to be delivered', 'rien n’attend d’être remis') }]
    const names = new Map((await contacts.current?.list())?.map(({ id, name }) => [id, name]))
    const whose = [...Map.groupBy(rows, ({ conversation }) => conversation)]
    return whose.map(([id, those]) => {
      const [name, { why }] = [names.get(id) ?? id, those.at(-1)!]
      return { level: 'note', says: text(`${those.length} for ${name}: ${why.en}`, `${those.length} pour ${name} : ${why.fr}`) }
    })
  },
}

const skew = 10 * 60_000
const earliest = Date.UTC(2026, 0)
const latest = Date.UTC(2100, 0)

function onOrOff(all: Iterable<{ readonly name: string }>, off: Text, todo: Text): Found[] {
  const names = [...all].map(({ name }) => name)
  return names.length === 0
    ? [{ level: 'setting', says: off, todo }]
    : [{ level: 'good', says: text(names.join(', '), names.join(', ')) }]
}

function prekeysText({ suite, madeAt, dueAt, earlierUntil, ready, given }: KeyringStanding): Text {
  const earlier = earlierUntil === undefined ? undefined : dayOf(earlierUntil)
  return text(
    `keys for newcomers (${suite}): made ${dayOf(madeAt)}, new ones ${dayOf(dueAt)}${earlier ? `; earlier ones open until ${earlier}` : ''}; one-time keys: ${ready} ready, ${given} given out`,
    `clés pour les nouveaux venus (${suite}) : faites le ${dayOf(madeAt)}, renouvelées le ${dayOf(dueAt)}${earlier ? ` ; les précédentes ouvrent jusqu’au ${earlier}` : ''} ; clés à usage unique : en réserve ${ready}, confiées ${given}`,
  )
}

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)

/** Why it is missing stands with the plugins. */
const missing = (says: Text): Found => ({ level: 'setting', says })
