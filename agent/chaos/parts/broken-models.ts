import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Lots } from '../../../scripts/chaos/lots.ts'
import { artifactsRoot } from '../../src/scoring/artifact.ts'
import type { ModelRoot } from './model-root.ts'

/** Breaks the model in a folder. */
type Break = (folder: string, lots: Lots, models: ModelRoot) => void

/** A model of another kind. */
const others = join(artifactsRoot, 'driver-risk')
const otherModel = join(others, readdirSync(others).sort().at(-1) ?? '')

const parts = ['manifest.json', 'manifest.sig', 'model.onnx', 'model.json', 'parity.json'] as const

const edit = (path: string, change: (bytes: Buffer) => Buffer | string): void =>
  writeFileSync(path, change(readFileSync(path)))

/** Leaves' values of a tree of `model.json` that is drawn by lot, in the order of its nodes. */
const leavesOf = (folder: string, lots: Lots): number[] => {
  const { learner } = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')) as {
    learner: { gradient_booster: { model: { trees: { left_children: number[]; split_conditions: number[] }[] } } }
  }
  const { left_children: left, split_conditions: value } = lots.pick(learner.gradient_booster.model.trees)
  return value.filter((_, node) => left[node] === -1)
}

/** Puts a value in the place of leaves in `model.onnx`, which holds them as float32. */
const replaceLeaves = (folder: string, leaves: readonly number[], value: number): void =>
  edit(join(folder, 'model.onnx'), (bytes) => {
    const [from, to] = [Buffer.alloc(4), Buffer.alloc(4)]
    to.writeFloatLE(value)
    for (const leaf of leaves) {
      from.writeFloatLE(leaf)
      for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + 4)) to.copy(bytes, at)
    }
    return bytes
  })

/** What may befall an artifact on its way or on the card, and what its own maker may get wrong: the latter is signed all the same. */
export const modelBreaks: Record<string, Break> = {
  'bits flipped': (folder, lots) =>
    edit(join(folder, lots.pick(parts)), (bytes) => {
      for (let n = 1 + lots.below(8); n > 0; n--) bytes[lots.below(bytes.length)]! ^= 1 << lots.below(8)
      return bytes
    }),
  truncated(folder, lots) {
    const path = join(folder, lots.pick(parts))
    truncateSync(path, lots.below(readFileSync(path).length))
  },
  emptied: (folder, lots) => truncateSync(join(folder, lots.pick(parts))),
  'file gone': (folder, lots) => rmSync(join(folder, lots.pick(parts))),
  'of another model': (folder, lots) => {
    const part = lots.pick(parts)
    edit(join(folder, part), () => readFileSync(join(otherModel, part)))
  },
  'hash wrong, signed': (folder, lots, models) =>
    models.release(folder, ({ files }) => {
      const part = lots.pick(Object.keys(files))
      files[part] = files[part]!.split('').reverse().join('')
    }),
  'other features, signed': (folder, lots, models) =>
    models.release(folder, (manifest) => {
      const [one, two] = [lots.below(manifest.features.length), lots.below(manifest.features.length)]
      if (one === two) manifest.features[one] = 'some_other'
      else [manifest.features[one], manifest.features[two]] = [manifest.features[two]!, manifest.features[one]!]
    }),
  'other trees, signed': (folder, _lots, models) => {
    edit(join(folder, 'model.json'), (bytes) =>
      bytes.toString().replaceAll(/"split_indices":\[(\d+)/g, '"split_indices":[0'),
    )
    models.release(folder)
  },
  'leaves NaN, signed': (folder, lots, models) => {
    replaceLeaves(folder, leavesOf(folder, lots), Number.NaN)
    models.release(folder)
  },
  'a leaf infinite, signed': (folder, lots, models) => {
    replaceLeaves(folder, [lots.pick(leavesOf(folder, lots))], Number.POSITIVE_INFINITY)
    models.release(folder)
  },
  'a leaf NaN, signed': (folder, lots, models) => {
    replaceLeaves(folder, [lots.pick(leavesOf(folder, lots))], Number.NaN)
    models.release(folder)
  },
  'an older one, renumbered': (folder, _lots, models) =>
    models.release(folder, (manifest) => {
      manifest.version = '0.9.0'
    }),
}
