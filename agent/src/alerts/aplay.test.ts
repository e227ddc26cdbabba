import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { createAplay } from './aplay.ts'

/** A program in place of aplay that runs a script. */
function player(t: TestContext, script: string) {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-aplay-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const program = join(folder, 'play')
  writeFileSync(program, `#!/bin/sh\n${script}\n`)
  chmodSync(program, 0o755)
  return { folder, aplay: createAplay({ folder, program }) }
}
const never = new AbortController().signal

test('createAplay hands each sound to the program as a WAV file', async (t) => {
  const { folder, aplay } = player(t, 'cat "$2" >> "$(dirname "$0")/heard"')
  await aplay.sound('chime', never)
  await aplay.sound('alarm', never)
  const heard = readFileSync(join(folder, 'heard'))
  const files = ['chime', 'alarm'].map((name) => readFileSync(join(folder, 'sounds', `${name}.wav`)))
  assert.ok(heard.equals(Buffer.concat(files)))
  assert.ok(!files[0]!.equals(files[1]!))
})

test('createAplay says what the program says, and what to do', async (t) => {
  const { aplay } = player(t, 'echo "audio open error: No such file or directory" >&2; exit 1')
  await assert.rejects(aplay.sound('chime', never), /audio open error.*is a sound card connected/)
})

test('createAplay says what to install where there is no program', async (t) => {
  const { folder } = player(t, '')
  const aplay = createAplay({ folder, program: join(folder, 'none') })
  await assert.rejects(aplay.sound('chime', never), /install alsa-utils/)
})

test('createAplay ends a program that hangs', async (t) => {
  const { aplay } = player(t, 'exec sleep 600')
  const stop = new AbortController()
  const playing = aplay.sound('chime', stop.signal)
  stop.abort()
  await assert.rejects(playing)
})
