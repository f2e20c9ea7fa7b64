-- Which silos there are, in the words of Orleans' membership: every change takes the next version of the whole list, so
-- that of two changes at once one fails. Releases before this one know nothing of it and go on as they are.

CREATE TABLE silo_lists (
  cluster varchar(150) NOT NULL PRIMARY KEY,
  version integer      NOT NULL DEFAULT 0
);

CREATE TABLE silos (
  cluster       varchar(150) NOT NULL REFERENCES silo_lists (cluster),
  address       varchar(45)  NOT NULL,
  port          integer      NOT NULL,
  generation    integer      NOT NULL,
  name          varchar(150) NOT NULL,
  host          varchar(150) NOT NULL,
  status        integer      NOT NULL,
  gateway_port  integer      NOT NULL,
  suspect_times text         NULL,
  started_at    timestamptz  NOT NULL,
  alive_at      timestamptz  NOT NULL,
  PRIMARY KEY (cluster, address, port, generation)
);

UPDATE schema_info SET version = 5;
