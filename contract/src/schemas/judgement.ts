import { bands, eventKinds, grades } from '../driving-event.ts'

/** Named once in a schema; later mentions are by name, as Avro wants it. */
export const kindType = { type: 'enum' as const, name: 'fairmile.v1.EventKind', symbols: [...eventKinds] }
export const bandType = { type: 'enum' as const, name: 'fairmile.v1.Band', symbols: [...bands] }
export const gradeType = { type: 'enum' as const, name: 'fairmile.v1.Grade', symbols: [...grades] }

/** A double that may be unknown. */
export const maybeDouble = ['null' as const, 'double' as const]
