-- Renewals that were written in bulk named neither the policy that they follow nor was that one marked as renewed: they are known by what their runs say.
-- They start from no relativity, as they were bound.
UPDATE policies next SET follows = i.item_id
FROM bulk_items i JOIN bulk_runs r ON r.id = i.run_id AND r.action = 'move-policies'
WHERE i.state = 'done' AND i.detail = 'renews as ' || next.id AND next.follows IS NULL AND next.state <> 'voided'
  AND NOT EXISTS (SELECT FROM policies other WHERE other.follows = i.item_id AND other.state <> 'voided');
UPDATE policies p SET state = 'renewed'
FROM policies next WHERE next.follows = p.id AND next.state <> 'voided' AND p.state = 'active';
