import { z } from 'zod'

/** What a person or car is called: one line without control characters. */
export const Name = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .regex(/^\P{Cc}*$/u, 'a name has no control characters')
