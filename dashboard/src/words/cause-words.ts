import { windowFeatures } from '@fairmile/models/features/window.ts'

const reasons = new Map(windowFeatures.map(({ name, reason }) => [name, reason]))

/** Why a feature of the last seconds raises the risk, in a few words; one that is not known here goes by its name. */
export function causeWords(feature: string): string {
  const words = reasons.get(feature) ?? feature.replaceAll('_', ' ')
  return words[0]!.toUpperCase() + words.slice(1)
}
