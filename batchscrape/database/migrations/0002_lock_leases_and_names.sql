-- No program before this one took a lock.
DELETE FROM batchscrape.locks;

-- The holder is a command, under an id of its own in worker_id (a name that running programs of version 1 read).
-- It has no row in workers: that would count as a worker that serves its batch.
ALTER TABLE batchscrape.locks
    ADD COLUMN host text NOT NULL,
    ADD COLUMN pid integer NOT NULL,
    -- Held is seen_at + lease > now().
    ADD COLUMN lease interval NOT NULL,
    ADD COLUMN taken_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN seen_at timestamptz NOT NULL DEFAULT now();

ALTER TABLE batchscrape.jobs
    ADD COLUMN canonical_url text,
    ADD COLUMN site_name text;
