-- The schema registry: Avro schemas that devices write by, told apart by their normal form (schemas/register-schema.ts).
CREATE TABLE avro_schemas (
  id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  fingerprint bytea NOT NULL,
  schema text NOT NULL,
  normal_hash bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT avro_schemas_fingerprint CHECK (octet_length(fingerprint) = 8)
);
CREATE UNIQUE INDEX avro_schemas_normal_hash_key ON avro_schemas (normal_hash);
CREATE INDEX avro_schemas_fingerprint_idx ON avro_schemas (fingerprint);

CREATE TABLE avro_schema_versions (
  subject text NOT NULL,
  version integer NOT NULL,
  schema_id integer NOT NULL REFERENCES avro_schemas (id),
  registered_at timestamptz NOT NULL DEFAULT now(),
  registered_by text NOT NULL,
  PRIMARY KEY (subject, version)
);
CREATE UNIQUE INDEX avro_schema_versions_schema_key ON avro_schema_versions (subject, schema_id);
CREATE INDEX avro_schema_versions_schema_id_idx ON avro_schema_versions (schema_id);

-- What a new version of a subject must be able to do; the empty subject stands for all that have no row.
CREATE TABLE avro_schema_levels (
  subject text PRIMARY KEY,
  level text NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now(),
  changed_by text NOT NULL
);
