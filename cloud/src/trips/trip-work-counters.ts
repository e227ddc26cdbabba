import { Counter, type Registry } from 'prom-client'

/** What the work on trips counts. */
export interface TripWorkCounters {
  accounts: Counter
  found: Counter
  failures: Counter
  setAside: Counter
  givenUp: Counter
  digests: Counter
  digestFailures: Counter
}

/** Makes the counters in a registry. */
export function createTripWorkCounters(registry: Registry): TripWorkCounters {
  const counter = (name: string, help: string): Counter => new Counter({ name, help, registers: [registry] })
  return {
    accounts: counter('fairmile_trip_accounts_total', 'Versions of accounts that the cloud made of trips'),
    found: counter('fairmile_trips_found_total', 'Times that driving without a record of the car was seen as a trip'),
    failures: counter('fairmile_trip_work_failures_total', 'Boots whose trips could not be looked at; they are again'),
    setAside: counter(
      'fairmile_trip_touches_set_aside_total',
      'Touched stretches that failed for an hour: tried daily',
    ),
    givenUp: counter('fairmile_trip_touches_given_up_total', 'Touched stretches given up after a month of failures'),
    digests: counter('fairmile_trip_digests_total', 'Digests that were made of trips'),
    digestFailures: counter('fairmile_trip_digest_failures_total', 'Digests that could not be made; they are again'),
  }
}
