/**
 * `node models/training/score-table.ts TABLES NAME ARTIFACT`: scores a driver table as the cloud scores drivers, by the same code, and writes
 * `NAME.scores.f32`: rows of float32 margin, relativity, risk, low end and high end of its interval.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { marginOf, parseTrees } from '../src/explain/trees.ts'
import { credibleRisk } from '../src/scoring/credible-risk.ts'
import { parseManifest, portfolioMargin } from '../src/scoring/manifest.ts'

const width = 5
const [folder, name, artifact] = process.argv.slice(2)
if (!folder || !name || !artifact) {
  console.error('usage: node models/training/score-table.ts TABLES NAME ARTIFACT')
  process.exit(2)
}
const about: { features: { name: string }[]; labels: string[] } = JSON.parse(
  readFileSync(join(folder, `${name}.json`), 'utf8'),
)
const bytes = readFileSync(join(folder, `${name}.f32`))
const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
const manifest = parseManifest(readFileSync(join(artifact, 'manifest.json'), 'utf8'))
const trees = parseTrees(readFileSync(join(artifact, 'model.json'), 'utf8'))
const columns = manifest.features.map((feature) => columnOf(feature))
const judgedKm = about.features.length + about.labels.indexOf('gradableKm')
const perRow = about.features.length + about.labels.length
const rows = values.length / perRow
const scores = new Float32Array(rows * width)
const row = new Float32Array(columns.length)
for (let n = 0; n < rows; n++) {
  for (const [index, column] of columns.entries()) row[index] = values[n * perRow + column]!
  const margin = marginOf(trees, row)
  const { risk, low, high } = credibleRisk(manifest, { margin, judgedKm: values[n * perRow + judgedKm]! })
  scores.set([margin, Math.exp(margin - portfolioMargin(manifest)), risk, low, high], n * width)
}
writeFileSync(join(folder, `${name}.scores.f32`), new Uint8Array(scores.buffer))
console.error(`${rows} drivers scored by ${manifest.name} ${manifest.version}`)

function columnOf(feature: string): number {
  const column = about.features.findIndex((known) => known.name === feature)
  if (column < 0) throw new Error(`scoring table "${name}": it has no column "${feature}"; write it again`)
  return column
}
