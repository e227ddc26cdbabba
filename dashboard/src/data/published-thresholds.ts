import type { PublishedThresholds } from '@fairmile/models/events/thresholds.ts'

/** The tables of event thresholds that were published when these pages were built. */
export const publishedThresholds: readonly PublishedThresholds[] = Object.values(
  import.meta.glob<PublishedThresholds>('../../../models/thresholds/*.json', { import: 'default', eager: true }),
)
