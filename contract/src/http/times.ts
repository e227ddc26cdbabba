import { z } from 'zod'

const years = 'expected a year from 2000 to 2999'

/** A day that is asked for or told by a caller, UTC: one that every database can hold. */
export const Day = z.iso.date().regex(/^2/, years).meta({ format: 'date' })

/** A moment that is asked for or told by a caller, UTC: one that every database can hold. */
export const Moment = z.iso.datetime().regex(/^2/, years).meta({ format: 'date-time' })
