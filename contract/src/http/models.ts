import { z } from 'zod'

/** A model's name as it stands in paths. */
export const ModelName = z.string().regex(/^[a-z0-9-]{1,40}$/)
/** A version as it stands in paths. */
export const ModelVersionNumber = z.string().regex(/^\d[\w.+-]{0,39}$/)

const ModelStage = z.enum(['candidate', 'shadow', 'live', 'retired']).meta({ id: 'ModelStage' })
const moment = z.iso.datetime()
/** Why something is changed, for those who ask later. */
export const Note = z.string().trim().min(1).max(500)

/** A version of a model where it stands. */
export const ModelVersion = z
  .object({
    name: z.string(),
    version: z.string(),
    stage: ModelStage,
    since: moment,
    /** An admin's e-mail address, or what else changed it. */
    by: z.string(),
    note: z.string(),
    /** SHA-256 of its manifest, hex; null where it could not be read. */
    manifestHash: z.string().nullable(),
  })
  .meta({ id: 'ModelVersion' })
export type ModelVersion = z.infer<typeof ModelVersion>

/** A change of a stage as it was recorded; `from` is null where the version was taken in. */
export const ModelStageChange = z
  .object({
    version: z.string(),
    from: ModelStage.nullable(),
    to: ModelStage,
    at: moment,
    by: z.string(),
    note: z.string(),
  })
  .meta({ id: 'ModelStageChange' })

/** The versions of the driver model, the live one first, and its newest changes. */
export const ModelRegistry = z
  .object({ versions: z.array(ModelVersion), changes: z.array(ModelStageChange) })
  .meta({ id: 'ModelRegistry' })
export type ModelRegistry = z.infer<typeof ModelRegistry>

/** Brings a version to a stage. */
export const ModelStageBody = z
  .strictObject({ stage: ModelStage, note: Note })
  .meta({ id: 'ModelStageBody', example: { stage: 'shadow', note: 'To be watched for a week' } })

/** Makes live what was live before. */
export const ModelRollbackBody = z
  .strictObject({ note: Note })
  .meta({ id: 'ModelRollbackBody', example: { note: 'Scores drift' } })

/** How many days back. */
export const ModelDaysQuery = z.object({ days: z.coerce.number().int().min(1).max(365).default(30) })

/** How far one quantity has drifted. */
const Drift = z.object({
  /** Population stability index; null for too few observations. */
  psi: z.number().nullable(),
  observations: z.int(),
  verdict: z.enum(['stable', 'watch', 'act', 'too few']),
})

/** How far the scores of the last days have drifted from the training portfolio of the live model. */
export const ModelDrift = z
  .object({
    model: z.string(),
    /** The live version; null where nothing is. */
    version: z.string().nullable(),
    days: z.int(),
    /** Drivers with a score in that time. */
    drivers: z.int(),
    /** Null where the model tells no reference. */
    score: Drift.nullable(),
    features: z.array(Drift.extend({ name: z.string() })),
  })
  .meta({ id: 'ModelDrift' })

/** What became of comparing the last days' events with what the cloud finds in their traces. */
export const EdgeCloudAgreement = z
  .object({
    days: z.int(),
    compared: z.int(),
    agreeing: z.int(),
    /** Null where nothing could be compared. */
    share: z.number().nullable(),
    /** By what differs: event, band, peak. */
    differing: z.record(z.string(), z.int()),
    /** By reason: kind, no_trace, short_trace, other_thresholds. */
    notCompared: z.record(z.string(), z.int()),
  })
  .meta({ id: 'EdgeCloudAgreement' })
