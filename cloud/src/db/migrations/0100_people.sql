CREATE SEQUENCE driver_numbers;

CREATE TABLE drivers (
  id text PRIMARY KEY,
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE users (
  id text PRIMARY KEY,
  email text NOT NULL,
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('driver', 'admin')),
  password_hash text NOT NULL,
  driver_id text REFERENCES drivers (id),
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT users_driver_has_driver CHECK ((role = 'driver') = (driver_id IS NOT NULL))
);
CREATE UNIQUE INDEX users_email_key ON users (email);
CREATE INDEX users_driver_id_idx ON users (driver_id);

CREATE TABLE vehicles (
  id text PRIMARY KEY,
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE policies (
  id text PRIMARY KEY,
  driver_id text NOT NULL REFERENCES drivers (id),
  vehicle_id text NOT NULL REFERENCES vehicles (id),
  plan_id text NOT NULL,
  starts_on date NOT NULL,
  ends_on date NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT policies_term CHECK (starts_on <= ends_on)
);
CREATE INDEX policies_driver_id_idx ON policies (driver_id, starts_on);
CREATE INDEX policies_vehicle_id_idx ON policies (vehicle_id, starts_on);
