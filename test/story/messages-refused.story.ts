import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { repository, type Person } from './cli-process.ts'
import { meet, newTalker } from './two-talkers.ts'

const full = 'with a full disk a message is refused in clear words, nothing is lost, and it goes on when there is room'
const missing = whyNoDisk()
if (missing === undefined) test(full, sendOnFullDisk)
else {
  console.log(`SKIPPED: ${full}: ${missing}`)
  test.skip(full)
}

/** On a real file system of 4 MB, mounted where only these processes see it, that holds a copy of what Bob has kept. */
async function sendOnFullDisk(): Promise<void> {
  await using ada = newTalker()
  await using bob = newTalker()
  await meet(ada, bob)
  const { stdout, stderr } = onSmallDisk(
    bob,
    `before=../message.txt && head -c 60000 /dev/zero | tr '\\0' 'x' > "$before"
     room=$(df --output=avail -k . | tail -1)
     head -c $(((room - 150) * 1024)) /dev/zero > filler
     "$@" send --to Ada < "$before"; echo "ended with $?"
     rm filler
     "$@" send --to Ada < "$before" > /dev/null; echo "ended with $?"
     rm "$before"
     "$@" export Ada --format json`,
  )
  const [refused, sent, exported = ''] = stdout.split(/ended with (?=\d)/).slice(1)
  assert.is(refused?.trim(), '1', stdout + stderr)
  assert.match(stderr, /no room left on the disk/)
  assert.match(stderr, /Nothing was lost/)
  assert.is(sent?.[0], '0', stderr)
  const { messages } = JSON.parse(`${sent}${exported}`.slice(1)) as { messages: { text: string }[] }
  assert.equal(
    messages.map(({ text }) => text.slice(0, 10)),
    ['we meet', 'x'.repeat(10)],
  )
}

function onSmallDisk(person: Person, script: string) {
  const inside = `mount -t tmpfs -o size=4m,mode=700 small "$1" && cp -a "$0"/. "$1" && cd "$1" && export PALABRE_PROFILE_DIR="$1" && shift\n${script}`
  const palabre = [process.execPath, join(repository, 'host-cli', 'palabre.ts')]
  const disk = join(person.folder, 'disk')
  return spawnSync(
    'unshare',
    ['--mount', '--map-root-user', 'sh', '-c', `mkdir -p "${disk}"\n${inside}`, person.profileDir, disk, ...palabre],
    { encoding: 'utf8', timeout: 120_000 },
  )
}

function whyNoDisk(): string | undefined {
  const args = ['--mount', '--map-root-user', 'sh', '-c', 'mount -t tmpfs small /mnt']
  const { status, stderr, error } = spawnSync('unshare', args, { encoding: 'utf8' })
  return status === 0 ? undefined : (error?.message ?? stderr.trim())
}

test.run()
