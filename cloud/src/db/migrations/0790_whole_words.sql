-- The whole of a word on a contest: for which place and time it corrects a limit, and who is said to have driven. Two admins agree on all of it.
ALTER TABLE contest_rulings
  ADD COLUMN limit_radius_m double precision,
  ADD COLUMN limit_from timestamptz,
  ADD COLUMN limit_until timestamptz,
  ADD COLUMN driven_by text;
