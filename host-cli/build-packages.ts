import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './places.ts'

/** `npm run build`: the packages that plugin authors install, in `dist`. Node runs no TypeScript inside node_modules. */
const rooms = ['sdk', 'kernel'] as const
const dist = join(projectRoot, 'dist')
const emitted = join(dist, 'emitted')

for (const folder of [emitted, ...rooms.map((room) => join(dist, room))]) rmSync(folder, { recursive: true, force: true })
mkdirSync(emitted, { recursive: true })
compile()
for (const room of rooms) pack(room)
rmSync(emitted, { recursive: true })
console.log(`dist/sdk and dist/kernel are ready: npm pack ./dist/sdk ./dist/kernel`)

/** Both rooms in one program: the test kit knows the kernel, and the kernel the sdk. */
function compile(): void {
  const tsconfig = {
    extends: '../../tsconfig.json',
    compilerOptions: {
      noEmit: false,
      declaration: true,
      rewriteRelativeImportExtensions: true,
      types: [],
      rootDir: '../..',
      outDir: '.',
    },
    include: rooms.map((room) => `../../${room}/**/*`),
    exclude: ['../../**/node_modules', '../../**/*.test.ts'],
  }
  writeFileSync(join(emitted, 'tsconfig.json'), JSON.stringify(tsconfig))
  execFileSync(process.execPath, [join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', emitted], {
    stdio: 'inherit',
  })
}

function pack(room: string): void {
  const from = join(projectRoot, room)
  const to = join(dist, room)
  renameSync(join(emitted, room), to)
  for (const file of ['README.md', 'CHANGELOG.md', 'manifest.schema.json', 'plugins.schema.json', 'tapable.d.ts']) {
    if (existsSync(join(from, file))) cpSync(join(from, file), join(to, file))
  }
  cpSync(join(projectRoot, 'LICENSE'), join(to, 'LICENSE'))
  const described = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as Description
  writeFileSync(join(to, 'package.json'), `${JSON.stringify(published(described), null, 2)}\n`)
}

interface Description {
  readonly exports: Readonly<Record<string, string>>
  readonly devDependencies?: unknown
}

function published({ devDependencies: _ours, ...described }: Description): object {
  const exports = Object.entries(described.exports).map(([name, file]) => {
    if (!file.endsWith('.ts')) return [name, file]
    const base = file.slice(0, -'.ts'.length)
    return [name, { types: `${base}.d.ts`, default: `${base}.js` }]
  })
  return { ...described, exports: Object.fromEntries(exports) as object }
}
