import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { UsageError } from '../errors.ts'

/** Reads a password from stdin, or asks for it on a terminal without showing it. @throws {UsageError} where there is none */
export async function askPassword(of: string): Promise<string> {
  const password = process.stdin.isTTY ? await fromTerminal(of) : readFileSync(0, 'utf8').replace(/\r?\n$/, '')
  if (password === '') throw new UsageError(`Reading the password of "${of}": it is empty; give it on stdin or type it`)
  return password
}

async function fromTerminal(of: string): Promise<string> {
  process.stderr.write(`Password of ${of}: `)
  const mute = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: mute, terminal: true })
  try {
    return await new Promise((resolve) => {
      lines.once('line', resolve)
      lines.once('close', () => resolve(''))
    })
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}
