import { text, type Language, type Text } from '@palabre/sdk'
import type { StoredMessage } from '@palabre/sdk/contract/store'
import type { Desk } from './desk.ts'
import { printable } from '../show.ts'
import { messageLine, oneLine } from './message-lines.ts'
import { pathAnswer } from './words.ts'

interface SlashCommand {
  readonly name: string
  readonly usage: Text
  readonly title: Text
  /** It says nothing without them. */
  readonly needsWords: boolean
  /** Its first word names somebody. */
  readonly names?: boolean
  /** False ends the conversation. */
  run(desk: Desk, rest: string): Promise<boolean | void>
}

/** What is typed after a stroke. */
const slashCommands: readonly SlashCommand[] = [
  slash('help', '', '', text('this list', 'cette liste'), async (desk) => desk.say(helpText())),
  slash('invite', '', '', text('a link and a code to give away', 'un lien et un code à donner'), (desk) =>
    tell(desk, 'invite.create'),
  ),
  slash('accept', 'LINK', 'LIEN', text('accept an invite', 'accepter une invitation'), async (desk, link) => {
    const { data, text: said } = await desk.calls.run('invite.accept', { invite: link })
    await desk.refresh()
    show(desk, data, said)
    const { id } = data as { id: string }
    if (desk.current?.id !== id) await desk.turnTo(id)
  }),
  { ...slash('to', '[NAME]', '[NOM]', text('talk with somebody', 'parler avec quelqu’un'), turn), names: true },
  slash('contacts', '', '', text('everybody you know', 'toutes vos connaissances'), (desk) => tell(desk, 'contacts.list')),
  slash('history', '[N]', '[N]', text('what was said', 'ce qui s’est dit'), history),
  slash('reply', '[#N] TEXT', '[#N] TEXTE', text('answer a message', 'répondre à un message'), async (desk, rest) => {
    const { message, words } = pointed(desk, rest, ({ mine, kind }) => !mine && kind === 'text')
    if (message === undefined) return nothingThere(desk)
    await send(desk, words, message.id)
  }),
  slash('edit', '[#N] TEXT', '[#N] TEXTE', text('change what you wrote', 'modifier ce que vous avez écrit'), (desk, rest) =>
    onMine(desk, rest, (message, words) => desk.calls.run('messages.edit', { message, text: words })),
  ),
  slash('delete', '[#N]', '[#N]', text('delete it for everybody', 'supprimer pour tout le monde'), (desk, rest) =>
    onMine(desk, rest, async (message, words) => {
      // What names none of mine is not taken for the last one.
      if (words !== '') return nothingThere(desk)
      await desk.calls.run('messages.delete', { message })
    }),
  ),
  slash(
    'react',
    '[#N] [SIGN]',
    '[#N] [SIGNE]',
    text('react; without a sign, take it back', 'réagir ; sans signe, le retirer'),
    async (desk, rest) => {
      const { message, words } = pointed(desk, rest, ({ mine, kind }) => !mine && kind === 'text')
      if (message === undefined) return nothingThere(desk)
      await desk.calls.run('messages.react', { message: message.id, reaction: words })
    },
  ),
  slash(
    'verify',
    '[yes]',
    '[yes]',
    text('the safety number that both compare', 'le numéro de sûreté que vous comparez'),
    (desk, rest) =>
      withCurrent(desk, (contact) =>
        tell(desk, rest === 'yes' || rest === 'oui' ? 'contacts.verify' : 'contacts.show', { contact }),
      ),
  ),
  slash('trust', '', '', text('a suspect key is right', 'une clé suspecte est la bonne'), (desk) =>
    withCurrent(desk, (contact) => tell(desk, 'contacts.trust', { contact })),
  ),
  slash('block', '', '', text('nothing comes in or goes out any more', 'plus rien n’entre ni ne sort'), (desk) =>
    withCurrent(desk, (contact) => tell(desk, 'contacts.block', { contact })),
  ),
  slash('unblock', '', '', text('take that back', 'revenir dessus'), (desk) =>
    withCurrent(desk, (contact) => tell(desk, 'contacts.unblock', { contact })),
  ),
  slash(
    'path',
    '',
    '',
    text('how you are linked, and who sees your address', 'comment vous êtes liés, et qui voit votre adresse'),
    async (desk) => {
      if (desk.current === undefined) return nobodyYet(desk)
      desk.say(pathAnswer(desk.current.reachability))
    },
  ),
  slash('outbox', '', '', text('what waits, and why', 'ce qui attend, et pourquoi'), (desk) => tell(desk, 'outbox')),
  slash('search', 'WORDS', 'MOTS', text('find messages', 'trouver des messages'), (desk, words) => tell(desk, 'search', { words })),
  slash('name', '[NAME]', '[NOM]', text('how others see you called', 'le nom que les autres voient'), (desk, name) =>
    tell(desk, 'id.name', name === '' ? {} : { name }),
  ),
  slash('lang', 'en|fr', 'en|fr', text('the language of this screen', 'la langue de cet écran'), async (desk, wanted) => {
    if (wanted !== 'en' && wanted !== 'fr') return desk.say(text('/lang en or /lang fr', '/lang en ou /lang fr'))
    desk.language = wanted
    desk.draw()
  }),
  slash('quit', '', '', text('end (or Ctrl-D)', 'terminer (ou Ctrl-D)'), async () => false),
]

/** A line as it was typed. False ends the conversation. */
export async function act(desk: Desk, line: string): Promise<boolean> {
  const typed = line.trim()
  if (typed === '') return true
  // Two strokes at the beginning send a text that begins with one.
  if (!typed.startsWith('/') || typed.startsWith('//')) {
    await send(desk, typed.startsWith('//') ? typed.slice(1) : line)
    return true
  }
  const [word, rest = ''] = splitOnce(typed.slice(1))
  const command = slashCommands.find(({ name }) => name === word) ?? only(word)
  if (command === undefined) {
    desk.say(
      text(
        `There is no /${oneLine(word)}. /help lists what there is.`,
        `Il n’y a pas de /${oneLine(word)}. /help dit ce qu’il y a.`,
      ),
    )
    return true
  }
  if (command.needsWords && rest === '') {
    desk.say(usageText(command))
    return true
  }
  return (await command.run(desk, rest)) !== false
}

/** What the last word may become: a command after a stroke, a person after /to. */
export function completions(desk: Pick<Desk, 'peers'>, line: string): { readonly found: readonly string[]; readonly word: string } {
  if (!line.startsWith('/')) return { found: [], word: line }
  const [word, rest] = splitOnce(line.slice(1))
  if (rest === undefined)
    return { found: slashCommands.map(({ name }) => `/${name} `).filter((one) => one.startsWith(line)), word: line }
  if (slashCommands.find(({ name }) => name === word)?.names !== true) return { found: [], word: rest }
  const names = desk.peers().map(({ name }) => oneLine(name))
  return { found: names.filter((name) => name.toLowerCase().startsWith(rest.toLowerCase())), word: rest }
}

function slash(name: string, en: string, fr: string, title: Text, run: SlashCommand['run']): SlashCommand {
  const usage = text(`/${name} ${en}`.trimEnd(), `/${name} ${fr}`.trimEnd())
  return { name, usage, title, needsWords: /(?:^| )[A-Z]+$/.test(en), run }
}

const usageText = ({ usage, title }: SlashCommand): Text => text(`${usage.en}: ${title.en}`, `${usage.fr} : ${title.fr}`)

function helpText(): Text {
  const rows = (language: Language) =>
    slashCommands.map(({ usage, title }) => `  ${usage[language].padEnd(20)} ${title[language]}`).join('\n')
  return text(
    `What you type is sent. After a stroke:\n${rows('en')}\n#N is the number in front of a message; without it the last one is meant. Tab completes.`,
    `Ce que vous tapez est envoyé. Après une barre :\n${rows('fr')}\n#N est le numéro devant un message ; sans lui, le dernier. Tab complète.`,
  )
}

async function send(desk: Desk, said: string, replyTo?: string): Promise<void> {
  if (desk.current === undefined) return nobodyYet(desk)
  if (said.trim() === '') return
  await desk.calls.run('send', {
    to: desk.current.id,
    message: said,
    wait: 'kept',
    seconds: 0,
    ...(replyTo === undefined ? {} : { replyTo }),
  })
}

async function turn(desk: Desk, name: string): Promise<void> {
  await desk.refresh()
  if (name === '') {
    for (const peer of desk.peers()) desk.screen.print(`  ${oneLine(peer.name)}${peer.unread > 0 ? ` (${peer.unread})` : ''}`)
    return
  }
  const { data } = await desk.calls.run('contacts.show', { contact: name })
  await desk.turnTo((data as { id: string }).id)
}

async function history(desk: Desk, count: string): Promise<void> {
  const { current } = desk
  if (current === undefined) return nobodyYet(desk)
  const limit = Math.min(500, Math.max(1, Number.parseInt(count, 10) || 30))
  const { data } = await desk.calls.run('history', { peer: current.id, limit })
  for (const message of data as readonly StoredMessage[])
    desk.screen.print(messageLine(message, current.name, desk.language, { withState: true }))
}

/** `#12 words`, `12 words` where there is one, or words alone about the last message that fits. */
function pointed(desk: Desk, rest: string, fits: (message: StoredMessage) => boolean) {
  const said = /^(?<sign>#?)(?<place>\d+)(?:\s+|$)(?<words>[^]*)$/.exec(rest)?.groups
  const named = said === undefined ? undefined : desk.shown(Number(said['place']))
  if (said !== undefined && (named !== undefined || said['sign'] === '#')) return { message: named, words: said['words']! }
  return { message: desk.last(fits), words: rest }
}

async function onMine(desk: Desk, rest: string, change: (id: string, words: string) => Promise<unknown>): Promise<void> {
  const { message, words } = pointed(desk, rest, ({ mine, kind, deletedAt }) => mine && kind === 'text' && deletedAt === undefined)
  if (message === undefined) return nothingThere(desk)
  await change(message.id, words)
}

async function tell(desk: Desk, command: string, args: object = {}): Promise<void> {
  const { data, text: said } = await desk.calls.run(command, args)
  show(desk, data, said)
}

function show(desk: Desk, data: unknown, said: Text | undefined): void {
  const shown = said?.[desk.language] ?? (typeof data === 'string' ? data : JSON.stringify(data, undefined, 2))
  desk.screen.print(printable(shown))
}

async function withCurrent(desk: Desk, act: (contact: string) => Promise<void>): Promise<void> {
  if (desk.current === undefined) return nobodyYet(desk)
  await act(desk.current.id)
}

function nobodyYet(desk: Desk): void {
  desk.say(
    text(
      'There is nobody to talk to yet: /invite makes a link, /accept LINK takes one.',
      'Il n’y a encore personne à qui parler : /invite crée un lien, /accept LIEN en accepte un.',
    ),
  )
}

function nothingThere(desk: Desk): void {
  desk.say(text('There is no such message.', 'Il n’y a pas de tel message.'))
}

/** An unmistakable beginning. */
function only(word: string): SlashCommand | undefined {
  const fits = word === '' ? [] : slashCommands.filter(({ name }) => name.startsWith(word))
  return fits.length === 1 ? fits[0] : undefined
}

function splitOnce(words: string): [string, string | undefined] {
  const at = words.search(/\s/)
  return at === -1 ? [words, undefined] : [words.slice(0, at), words.slice(at + 1).trim()]
}
