import { text } from '@palabre/sdk'
import { reply, type CommandSpec } from '@palabre/sdk/contract/command'
import { candidatesFor, completionScript, shells, type Shell } from './completion.ts'
import type { Globals } from './globals.ts'
import type { NewPlugin } from './scaffold/create-plugin.ts'
import type { HostVerb } from './program.ts'
import { printable, type Shower } from './show.ts'

export interface HostVerbSources {
  readonly globals: Globals
  readonly shower: Shower
  readonly commands: readonly CommandSpec[]
  readonly plugins: readonly string[]
}

/** No plugin can bring a command of such a name. */
export const hostVerbIds: readonly string[] = ['run', 'relay', 'demo', 'doctor', 'create.plugin', 'completion', '__complete']

/** What the command line can do by itself, without any plugin. */
export function hostVerbs({ globals, shower, commands, plugins }: HostVerbSources): HostVerb[] {
  const verbs: HostVerb[] = [
    {
      spec: {
        id: 'run',
        title: text(
          'Stay up with all plugins and follow changes of plugins.json',
          'Rester en marche avec tous les plugins et suivre plugins.json',
        ),
      },
      async run() {
        const { stayUp } = await import('./stay-up.ts')
        await stayUp(globals, shower)
      },
    },
    {
      spec: {
        id: 'relay',
        title: text(
          'Be a relay for others: stay up with the profile relay, and tell the link to it',
          'Être un relais pour les autres : rester en marche avec le profil relay, et dire le lien vers lui',
        ),
      },
      async run() {
        const { stayUp } = await import('./stay-up.ts')
        await stayUp({ ...globals, profile: globals.profile ?? 'relay' }, shower, { telling: 'relay.link', patience: 10_000 })
      },
    },
    {
      spec: {
        id: 'demo',
        title: text(
          'Let two people talk here, and see what a relay between them would see',
          'Faire parler deux personnes ici, et voir ce que verrait un relais entre elles',
        ),
      },
      async run() {
        const { demo } = await import('./demo.ts')
        await demo(globals, shower)
      },
    },
    {
      spec: {
        id: 'doctor',
        title: text('Say everything that could be wrong', 'Dire tout ce qui pourrait ne pas aller'),
      },
      async run() {
        const { doctor } = await import('./doctor.ts')
        await doctor(globals, shower)
      },
    },
    {
      spec: {
        id: 'create.plugin',
        title: text('Write the folder of a new plugin', 'Écrire le dossier d’un nouveau plugin'),
        args: {
          type: 'object',
          required: ['name'],
          properties: {
            name: { type: 'string', 'x-title': text('its id, as in "filter-links"', 'son id, comme « filter-links »') },
            dir: {
              type: 'string',
              'x-title': text('outside the house: the folder to write it in', 'hors de la maison : le dossier où l’écrire'),
            },
          },
        },
        positional: ['name'],
      },
      async run(args) {
        const { createPlugin } = await import('./scaffold/create-plugin.ts')
        const made = await createPlugin(args as unknown as NewPlugin)
        shower.reply(reply(made, made.text))
      },
    },
    {
      spec: {
        id: 'completion',
        title: text('Print the completion script of a shell', 'Afficher le script de complétion d’un shell'),
        args: {
          type: 'object',
          required: ['shell'],
          properties: { shell: { enum: shells, 'x-title': text('which shell', 'quel shell') } },
        },
        positional: ['shell'],
      },
      async run({ shell }) {
        const script = completionScript(shell as Shell)
        shower.reply(reply(script, text(script, script)))
      },
    },
  ]
  const complete: HostVerb = {
    spec: {
      id: '__complete',
      title: text('Candidates for a word', 'Candidats pour un mot'),
      args: { type: 'object', properties: { words: { type: 'array', items: { type: 'string' } } } },
      positional: ['words'],
    },
    async run({ words }) {
      const specs = [...verbs.map(({ spec }) => spec), ...commands]
      process.stdout.write(
        candidatesFor((words ?? []) as string[], specs, plugins)
          .map((word) => `${printable(word)}\n`)
          .join(''),
      )
    },
  }
  return globals.rest[0] === '__complete' ? [...verbs, complete] : verbs
}
