import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { RewardCatalogue } from '@fairmile/contract/reward-catalogue.ts'
import { parseRewardCatalogue } from '@fairmile/models/rewards/parse-catalogue.ts'

/** Reads the catalogue of this release. @throws TypeError that lists what is wrong with it */
export const loadRewardCatalogue = (): RewardCatalogue =>
  parseRewardCatalogue(
    readFileSync(fileURLToPath(import.meta.resolve('@fairmile/models/catalogues/fairmile-rewards-1.json')), 'utf8'),
  )
