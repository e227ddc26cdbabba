-- What a device deleted on our word is in its dead letter alone, which makes room for no other. Of the letters that are here all may be
-- such that came on the log of a lane, and a process of the release before does not say.
ALTER TABLE dead_letters ADD COLUMN acked boolean NOT NULL DEFAULT true;
UPDATE dead_letters SET acked = false
  WHERE topic NOT LIKE 'fairmile/v1/%/up/log/%' OR reason IN ('unknown_device', 'unknown_topic', 'foreign_topic', 'oversized_packet', 'not_single_object');
CREATE INDEX dead_letters_unacked_idx ON dead_letters (device_id, id) WHERE NOT acked;
