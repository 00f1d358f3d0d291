import { mkdirSync, mkdtempSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { houseRoot } from '../house/read-house.ts'
import { readmeBlocks } from '../house/readme-blocks.ts'
import type { Violation } from '../house/violation.ts'
import { runScript, scriptOf } from './tool.ts'

export interface Readme {
  readonly path: string
  readonly text: string
}

/**
 * Type-checks every ```ts block of these READMEs, each where its README lies. A block is a file of its own; one that begins with
 * its name (`// greeter.ts`) can be imported by the other blocks of that README as './greeter.ts'.
 */
export async function readmeCode(readmes: readonly Readme[]): Promise<Violation[]> {
  const folders = readmes.map(layOut)
  try {
    const blocks = folders.flatMap((folder) => folder.blocks)
    return blocks.length === 0 ? [] : await typeCheck(folders[0]!.path, blocks)
  } finally {
    for (const folder of folders) clear(folder.path)
  }
}

interface BlockFile {
  readonly file: string
  readonly readme: string
  /** The line of the README on which the block begins. */
  readonly line: number
}

/** The folder is ignored by git and so by the tools that may run beside us. */
function layOut({ path: readme, text }: Readme) {
  const artefacts = join(houseRoot, dirname(readme), '.artefacts')
  mkdirSync(artefacts, { recursive: true })
  const path = mkdtempSync(join(artefacts, 'readme-'))
  const blocks = readmeBlocks(text)
    .filter((block) => block.language === 'ts')
    .map(({ code, line }): BlockFile => {
      const file = join(path, /^\/\/ ([\w.-]+\.ts)$/m.exec(code.split('\n')[0]!)?.[1] ?? `line-${line}.ts`)
      writeFileSync(file, code, { flag: 'wx' })
      return { file, readme, line }
    })
  return { path, blocks }
}

/** A README may show code for any platform, and names that it only shows. */
async function typeCheck(folder: string, blocks: readonly BlockFile[]): Promise<Violation[]> {
  const project = join(folder, 'tsconfig.json')
  const compilerOptions = {
    lib: ['es2025', 'esnext.disposable', 'dom'],
    types: ['node'],
    noUnusedLocals: false,
    noUnusedParameters: false,
  }
  const files = blocks.map((block) => block.file)
  writeFileSync(project, JSON.stringify({ extends: join(houseRoot, 'tsconfig.json'), compilerOptions, include: [], files }))
  const { ok, output } = await runScript(scriptOf('typescript', 'tsc'), ['-p', project])
  const faults = blocks.flatMap((block) => faultsOf(block, output))
  if (!ok && faults.length === 0) throw new Error(output)
  return faults
}

/** `sdk/.artefacts/readme-x/line-7.ts(2,5): error TS2322: …` is line 8 of the README. */
function faultsOf({ file, readme, line }: BlockFile, output: string): Violation[] {
  return output.split('\n').flatMap((report) => {
    const [, where, lineInBlock, says] = /^(.+)\((\d+),\d+\): (.*)$/.exec(report) ?? []
    const isHere = where !== undefined && join(houseRoot, where) === file
    return isHere ? [{ path: readme, line: line + Number(lineInBlock) - 1, says: says! }] : []
  })
}

function clear(path: string): void {
  rmSync(path, { recursive: true })
  const artefacts = dirname(path)
  if (readdirSync(artefacts).length === 0) rmdirSync(artefacts)
}
