-- What was charged and what became of a policy are history, like receipts and entries of the ledger: a change is a row of its own.
CREATE TRIGGER premiums_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON premiums FOR EACH STATEMENT EXECUTE FUNCTION rows_stay();
CREATE TRIGGER policy_changes_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON policy_changes FOR EACH STATEMENT EXECUTE FUNCTION rows_stay();
