-- What an admin opened for a driver and took back is not the driver's contest: they may still contest the event.
ALTER TABLE contests ADD COLUMN undone boolean NOT NULL DEFAULT false;
UPDATE contests SET undone = true FROM contest_rulings r
  WHERE r.contest_id = contests.id AND r.settles AND r.ruling = 'withdrawn' AND r.by = 'admin' AND contests.on_behalf;
DROP INDEX contests_by_driver_idx;
CREATE UNIQUE INDEX contests_by_driver_idx ON contests (event_id, driver_id) WHERE NOT undone AND (reason <> 'not_me' OR state <> 'upheld');
