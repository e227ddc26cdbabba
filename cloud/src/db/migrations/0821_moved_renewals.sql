-- Renewals that were written in bulk named neither the policy that they follow nor was that one marked as renewed: they are known by what their runs say,
-- the newest run first. A policy that ended early or that something else follows is left as it is.
-- They start from no relativity, as they were bound.
UPDATE policies next SET follows = moved.policy_id
FROM (
  SELECT DISTINCT ON (p.id) p.id AS policy_id, bound.id AS bound_id
  FROM bulk_items i
  JOIN bulk_runs r ON r.id = i.run_id AND r.action = 'move-policies'
  JOIN policies p ON p.id = i.item_id AND p.state = 'active'
  JOIN policies bound ON i.detail = 'renews as ' || bound.id
  WHERE i.state = 'done' AND bound.follows IS NULL AND bound.state <> 'voided' AND bound.starts_on = p.ends_on + 1
    AND NOT EXISTS (SELECT FROM policies other WHERE other.follows = p.id AND other.state <> 'voided')
  ORDER BY p.id, r.started_at DESC NULLS LAST, r.previewed_at DESC, r.id DESC
) moved
WHERE next.id = moved.bound_id;
UPDATE policies p SET state = 'renewed'
FROM policies next WHERE next.follows = p.id AND next.state <> 'voided' AND p.state = 'active';
