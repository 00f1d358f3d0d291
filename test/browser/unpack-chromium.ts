// Run as a process of its own: the package unpacks into the temporary folder of whoever calls it, and this one has its own.
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inflate } from '@sparticuz/chromium'

const packed = fileURLToPath(new URL('../bin/', import.meta.resolve('@sparticuz/chromium')))
for (const name of ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br']) await inflate(join(packed, name))

// The packed one looks for fonts in places of other machines.
writeFileSync(
  join(tmpdir(), 'fonts.conf'),
  `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir><cachedir prefix="xdg">fonts-cache</cachedir></fontconfig>
`,
)
