-- An endorsement that is undone before its day gives the policy that it cut its term back.
ALTER TABLE policy_changes DROP CONSTRAINT policy_changes_kind_check;
ALTER TABLE policy_changes
  ADD CONSTRAINT policy_changes_kind_check CHECK (kind IN ('bound', 'renewed', 'endorsed', 'cancelled', 'voided', 'restored'));
