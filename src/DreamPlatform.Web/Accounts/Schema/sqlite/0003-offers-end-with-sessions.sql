-- Offers from before, good for a day at most, are good no more.
ALTER TABLE helps ADD COLUMN Stamp TEXT NULL;
