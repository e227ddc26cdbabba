-- Events of speeding that came and that no job has looked at: each is judged alone by the limits that were corrected before it came. No key on the event:
-- whoever stores it again waits for nobody.
CREATE TABLE speeding_notes (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  event_id text NOT NULL
);
-- `limit_corrections.touched` is not used any more, and stays: processes of the release before write it while they are replaced.
-- Added up anew: whose score would name the policy of another, whose car they drove last.
INSERT INTO driver_touches (driver_id)
SELECT DISTINCT s.driver_id FROM driver_statistics s JOIN policies p ON p.id = s.policy_id WHERE p.driver_id <> s.driver_id;
