-- How Orleans reads and changes the list of silos, whose tables are made with those of the journal.
CREATE TABLE IF NOT EXISTS OrleansQuery (
  QueryKey  varchar(64) NOT NULL PRIMARY KEY,
  QueryText text        NOT NULL
);
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('InsertMembershipVersionKey', '
WITH made AS (INSERT INTO silo_lists (cluster) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
SELECT EXISTS (SELECT 1 FROM made)
'),
('InsertMembershipKey', '
WITH list AS (
  UPDATE silo_lists SET version = version + 1
  WHERE cluster = @DeploymentId AND version = @Version AND NOT EXISTS (
    SELECT 1 FROM silos
    WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
  RETURNING 1),
silo AS (
  INSERT INTO silos (cluster, address, port, generation, name, host, status, gateway_port, started_at, alive_at)
  SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
  FROM list RETURNING 1)
SELECT EXISTS (SELECT 1 FROM silo)
'),
('UpdateMembershipKey', '
WITH list AS (
  UPDATE silo_lists SET version = version + 1
  WHERE cluster = @DeploymentId AND version = @Version AND EXISTS (
    SELECT 1 FROM silos
    WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
  RETURNING 1),
silo AS (
  UPDATE silos SET status = @Status, suspect_times = @SuspectTimes, alive_at = @IAmAliveTime
  FROM list
  WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
  RETURNING 1)
SELECT EXISTS (SELECT 1 FROM silo)
'),
('UpdateIAmAlivetimeKey', '
UPDATE silos SET alive_at = @IAmAliveTime
WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
'),
('MembershipReadRowKey', '
SELECT l.version AS Version, s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName,
  s.host AS HostName, s.status AS Status, s.gateway_port AS ProxyPort, s.suspect_times AS SuspectTimes,
  s.started_at AS StartTime, s.alive_at AS IAmAliveTime
FROM silo_lists AS l
LEFT JOIN silos AS s ON s.cluster = l.cluster AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
WHERE l.cluster = @DeploymentId
'),
('MembershipReadAllKey', '
SELECT l.version AS Version, s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName,
  s.host AS HostName, s.status AS Status, s.gateway_port AS ProxyPort, s.suspect_times AS SuspectTimes,
  s.started_at AS StartTime, s.alive_at AS IAmAliveTime
FROM silo_lists AS l LEFT JOIN silos AS s ON s.cluster = l.cluster
WHERE l.cluster = @DeploymentId
'),
('GatewaysQueryKey', '
SELECT address AS Address, gateway_port AS ProxyPort, generation AS Generation
FROM silos WHERE cluster = @DeploymentId AND status = @Status AND gateway_port > 0
'),
('DeleteMembershipTableEntriesKey', '
WITH silo AS (DELETE FROM silos WHERE cluster = @DeploymentId)
DELETE FROM silo_lists WHERE cluster = @DeploymentId
'),
('CleanupDefunctSiloEntriesKey', '
DELETE FROM silos WHERE cluster = @DeploymentId AND alive_at < @IAmAliveTime AND status <> 3
')
ON CONFLICT (QueryKey) DO UPDATE SET QueryText = excluded.QueryText;
