-- Who may know a log-in's password beside its owner: who set it, and who may know the password of who did. Four eyes are two people's, not two log-ins'.
ALTER TABLE users ADD COLUMN password_known_to text[] NOT NULL DEFAULT '{}';
-- Who may have been at the log-in that acted, as it was then; null for what was done before it was kept.
ALTER TABLE rating_plan_changes ADD COLUMN hands text[];
ALTER TABLE contest_rulings ADD COLUMN hands text[];
