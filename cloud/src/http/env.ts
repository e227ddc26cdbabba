import type { User } from '@fairmile/contract/http/auth.ts'

/** What middleware leaves in the context of a request. */
export interface AppEnv {
  Variables: {
    user: User | null
    /** Who asks, as rate limits count. */
    address: string
  }
}
