/** Rules of the house that no linter has: no file over 300 lines, no leftover notes, no test that is switched off for good. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const longestFile = 300
const source = /\.(ts|mjs|py|c|h)$/
/** Spelt in pieces so that this file does not find itself. */
const leftover = new RegExp(
  `\\b(${['TO', 'FIX', 'XX'].map((start, index) => start + ['DO', 'ME', 'X'][index]).join('|')})\\b`,
)
/** What is written by a program is as long as it is. */
const generated = /\/generated\//
const switchedOff = /\b(it|test|describe)\.(only|skip|todo)\(/

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
  encoding: 'utf8',
})
  .split('\0')
  .filter((file) => source.test(file) && !generated.test(file))

const problems: string[] = []
for (const file of files) {
  const lines = read(file)?.split('\n') ?? []
  if (lines.length - 1 > longestFile)
    problems.push(`${file}: ${lines.length - 1} lines, at most ${longestFile}: split it by idea`)
  lines.forEach((line, index) => {
    if (leftover.test(line)) problems.push(`${file}:${index + 1}: a leftover note: ${line.trim()}`)
    if (switchedOff.test(line)) problems.push(`${file}:${index + 1}: a test switched off: ${line.trim()}`)
  })
}
for (const problem of problems) console.error(problem)
console.error(`${files.length} source files, ${problems.length} problems`)
process.exitCode = problems.length > 0 ? 1 : 0

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null // deleted in the work tree, still in the index
  }
}
