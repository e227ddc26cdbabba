import { Counter, Gauge, type Registry } from 'prom-client'

export type IngestCounters = ReturnType<typeof createIngestCounters>

/** What ingest counts. */
export function createIngestCounters(registry: Registry) {
  const registers = [registry]
  const counter = (name: string, help: string) =>
    new Counter({ name: `fairmile_ingest_${name}_total`, help, registers })
  return {
    batches: counter('batches', 'Batches stored'),
    records: counter('records', 'Records stored'),
    again: counter('batches_again', 'Batches that came again and changed nothing'),
    gaps: counter('chain_gaps', 'Batches whose predecessor was not on record'),
    missing: counter('missing_records', 'Sequence numbers given up: the device went on without them'),
    dropped: counter('dropped_records', 'Records that devices say they dropped, in signed gaps'),
    retries: counter('retries', 'Transactions tried again after the database failed'),
    waited: counter('waits', 'Messages that had to wait for room in the queue'),
    givenUp: counter('given_up', 'Messages whose connection ended while they waited for room: they come again'),
    acksGivenUp: counter('acks_given_up', 'Acks that the broker did not take; the device sends again'),
    rejected: new Counter({
      name: 'fairmile_ingest_dead_letters_total',
      help: 'Messages dead-lettered, by reason',
      labelNames: ['reason'],
      registers,
    }),
    liveDropped: new Counter({
      name: 'fairmile_ingest_live_dropped_total',
      help: 'Live messages not passed on, by reason',
      labelNames: ['reason'],
      registers,
    }),
    lettersDropped: counter(
      'letters_dropped',
      'Messages refused by the broker that were not noted, as the queue was full',
    ),
    revoked: counter('revoked_messages', 'Messages of revoked devices: neither stored nor dead-lettered nor acked'),
    lettersGone: counter(
      'letters_gone',
      'Dead letters of what was not acked that were deleted, as newer ones of the device took their room',
    ),
    queued: new Gauge({ name: 'fairmile_ingest_queued', help: 'Messages waiting to be stored', registers }),
    heldBytes: new Gauge({
      name: 'fairmile_ingest_held_bytes',
      help: 'Bytes of messages that wait for room, to be judged or to be stored, or are being so, unfolded once they are judged',
      registers,
    }),
  }
}
