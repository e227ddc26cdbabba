-- What one group of tables says about another's.
ALTER TABLE devices ADD CONSTRAINT devices_vehicle_id_fkey FOREIGN KEY (vehicle_id) REFERENCES vehicles (id);
ALTER TABLE trips ADD CONSTRAINT trips_device_id_fkey FOREIGN KEY (device_id) REFERENCES devices (id);
ALTER TABLE trips ADD CONSTRAINT trips_vehicle_id_fkey FOREIGN KEY (vehicle_id) REFERENCES vehicles (id);
ALTER TABLE trips ADD CONSTRAINT trips_driver_id_fkey FOREIGN KEY (driver_id) REFERENCES drivers (id);
ALTER TABLE trips ADD CONSTRAINT trips_policy_id_fkey FOREIGN KEY (policy_id) REFERENCES policies (id);
ALTER TABLE driving_events ADD CONSTRAINT driving_events_device_id_fkey FOREIGN KEY (device_id) REFERENCES devices (id);
ALTER TABLE driving_events ADD CONSTRAINT driving_events_driver_id_fkey FOREIGN KEY (driver_id) REFERENCES drivers (id);
