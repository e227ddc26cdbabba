import { readFileSync } from 'node:fs'
import { type Argument, DockerfileParser, type Instruction } from 'dockerfile-ast'
import { validate } from 'dockerfile-utils'

/** One step of a Dockerfile's first stage that can be done in a bare folder. */
export type BuildStep = { readonly copy: readonly string[] } | { readonly run: string }

/** A Dockerfile, read. */
export interface BuildPlan {
  /** What a linter says of it; empty when it is sound. */
  readonly problems: readonly string[]
  /** Steps of the first stage, without those that install Debian packages. */
  readonly steps: readonly BuildStep[]
  /** What the image starts, without an init in front. */
  readonly command: readonly string[]
}

/** Reads a Dockerfile (or balena template: `%%NAME%%` is filled with a word). */
export function readBuildPlan(file: string): BuildPlan {
  const text = readFileSync(file, 'utf8').replaceAll(/%%(\w+)%%/g, '$1')
  const instructions = DockerfileParser.parse(text).getInstructions()
  const secondStage = instructions.findIndex((step, index) => index > 0 && step.getKeyword() === 'FROM')
  const firstStage = instructions.slice(0, secondStage < 0 ? undefined : secondStage)
  return {
    problems: validate(text).map((problem) => `${file}:${problem.range.start.line + 1}: ${problem.message}`),
    steps: firstStage.flatMap(toStep),
    command: jsonWords(instructions.findLast((step) => step.getKeyword() === 'CMD')),
  }
}

function toStep(step: Instruction): BuildStep[] {
  const words = step.getArguments().map((word: Argument) => word.getValue())
  if (step.getKeyword() === 'COPY') return [{ copy: words.slice(0, -1) }]
  if (step.getKeyword() !== 'RUN' || words[0] === 'apt-get') return []
  return [{ run: step.getArgumentsContent() ?? '' }]
}

function jsonWords(step: Instruction | undefined): string[] {
  const content = step?.getArgumentsContent() ?? '[]'
  return JSON.parse(content)
}
