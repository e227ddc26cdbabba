-- A policy that never began: it has no day, ending on the one before its first, and leaves the policy that it followed free to be renewed anew.
ALTER TABLE policies DROP CONSTRAINT policies_state_check, DROP CONSTRAINT policies_term;
ALTER TABLE policies
  ADD CONSTRAINT policies_state_check CHECK (state IN ('active', 'renewed', 'endorsed', 'cancelled', 'voided')),
  ADD CONSTRAINT policies_term CHECK (CASE WHEN state = 'voided' THEN ends_on = starts_on - 1 ELSE starts_on <= ends_on END);
DROP INDEX policies_follows_key;
CREATE UNIQUE INDEX policies_follows_key ON policies (follows) WHERE state <> 'voided';

ALTER TABLE policy_changes DROP CONSTRAINT policy_changes_kind_check;
ALTER TABLE policy_changes
  ADD CONSTRAINT policy_changes_kind_check CHECK (kind IN ('bound', 'renewed', 'endorsed', 'cancelled', 'voided'));
