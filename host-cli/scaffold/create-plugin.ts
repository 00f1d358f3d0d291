import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { PalabreError, text, type Text } from '@palabre/sdk'
import { projectRoot } from '../places.ts'
import { stampAgain } from '../ready/packages.mjs'
import { edited } from '../settings-edit.ts'
import { pluginTemplate } from './plugin-template.ts'

export interface NewPlugin {
  readonly name: string
  /** Outside the house: the folder to write it in. */
  readonly dir?: string
}

export interface CreatedPlugin {
  readonly folder: string
  readonly files: readonly string[]
  readonly text: Text
}

/** Writes a plugin that runs and passes its tests as it is: into the house, or with `dir` anywhere. */
export async function createPlugin({ name, dir }: NewPlugin): Promise<CreatedPlugin> {
  requireName(name)
  const folder = dir === undefined ? join(projectRoot, 'plugins', name) : resolve(dir, name)
  if (existsSync(folder)) throw taken(folder)

  const files = Object.entries(pluginTemplate(name, dir === undefined))
  mkdirSync(folder, { recursive: true })
  for (const [file, content] of files) writeFileSync(join(folder, file), content, { flag: 'wx' })
  if (dir === undefined) moveIn(name)
  return { folder, files: files.map(([file]) => file), text: dir === undefined ? movedIn(name) : outside(name, folder) }
}

/** Switches it on in the shipped plugins.json and tells npm that there is one more workspace. */
function moveIn(name: string): void {
  const settings = join(projectRoot, 'plugins.json')
  writeFileSync(settings, edited(readFileSync(settings, 'utf8'), { plugin: name, enabled: true }))
  const npm = process.env['npm_execpath']
  const args = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
  const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}` }
  const options = { cwd: projectRoot, env, encoding: 'utf8' } as const
  const done = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
  if (done.status !== 0) throw npmFailed(done.stderr || (done.error?.message ?? ''))
  stampAgain()
}

function requireName(name: string): void {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) && name.length <= 60) return
  throw new PalabreError(
    'bad-argument',
    text(`"${name}" cannot be the name of a plugin`, `« ${name} » ne peut être le nom d’un plugin`),
    {
      todo: text(
        'Small letters, digits and hyphens, its role first: filter-links, view-clock.',
        'Des minuscules, des chiffres et des tirets, le rôle d’abord : filter-links, view-clock.',
      ),
    },
  )
}

function taken(folder: string): PalabreError {
  return new PalabreError('bad-argument', text(`${folder} exists already`, `${folder} existe déjà`), {
    todo: text('Choose another name.', 'Choisissez un autre nom.'),
  })
}

function npmFailed(said: string): PalabreError {
  return new PalabreError(
    'internal',
    text(
      `the folder is written, but npm could not take it in: ${said}`,
      `le dossier est écrit, mais npm n’a pas pu l’accueillir : ${said}`,
    ),
    {
      todo: text('Run npm install once more.', 'Relancez npm install.'),
    },
  )
}

function movedIn(name: string): Text {
  const verb = `palabre ${name} hello --name Awa`
  return text(
    `plugins/${name} is written and switched on.\nTry it:     ${verb}\nTest it:    npm test -- ${name}\nChange it:  plugins/${name}/${name}.ts`,
    `plugins/${name} est écrit et activé.\nEssayez :   ${verb}\nTestez :    npm test -- ${name}\nModifiez :  plugins/${name}/${name}.ts`,
  )
}

function outside(name: string, folder: string): Text {
  const line = JSON.stringify({ plugins: { [name]: { from: folder } } })
  return text(
    `${folder} is written.\nSwitch it on in your plugins.json: ${line}\nTry it: palabre ${name} hello --name Awa`,
    `${folder} est écrit.\nActivez-le dans votre plugins.json : ${line}\nEssayez : palabre ${name} hello --name Awa`,
  )
}
