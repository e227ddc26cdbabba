-- What a device logs in to a broker with: its certificate (PEM), and its password as Mosquitto hashes it. Devices that were
-- claimed before have neither. A revoked device is refused by every broker.
ALTER TABLE devices
  ADD COLUMN certificate text,
  ADD COLUMN mosquitto_hash text,
  ADD COLUMN revoked_at timestamptz;
