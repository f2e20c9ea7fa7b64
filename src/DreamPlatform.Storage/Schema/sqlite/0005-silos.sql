-- A file has one process, so there are no silos to list; the number is that of the other database.

UPDATE schema_info SET version = 5;
