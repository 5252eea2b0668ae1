CREATE TABLE batchscrape.batches (
    batch_id uuid PRIMARY KEY,
    name text,
    options jsonb NOT NULL,
    total_domains integer NOT NULL,
    rejected_lines integer NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    cancelled_at timestamptz,
    -- From here on: the totals, frozen when every job has ended, so that old batches are listed without counting.
    ended_at timestamptz,
    updated_at timestamptz,
    start_time timestamptz,
    completed_domains integer,
    failed_domains integer,
    cancelled_domains integer,
    pages_scraped bigint,
    bytes bigint,
    errors jsonb,
    CHECK (num_nonnulls(ended_at, updated_at, completed_domains, failed_domains, cancelled_domains,
                        pages_scraped, bytes, errors) IN (0, 8)),
    CHECK (completed_domains + failed_domains + cancelled_domains = total_domains)
);

CREATE INDEX batches_open ON batchscrape.batches (created_at) WHERE ended_at IS NULL;
CREATE INDEX batches_newest ON batchscrape.batches (created_at DESC);

CREATE TABLE batchscrape.jobs (
    job_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    batch_id uuid NOT NULL REFERENCES batchscrape.batches ON DELETE CASCADE,
    domain text NOT NULL,
    input text NOT NULL,
    start_url text NOT NULL,
    status text NOT NULL DEFAULT 'pending'
        CHECK (status IN ('pending', 'running', 'complete', 'failed', 'cancelled')),
    -- How often it was claimed; the fence of its result.
    attempts integer NOT NULL DEFAULT 0,
    -- How often its page was in the parser when its worker died.
    losses integer NOT NULL DEFAULT 0,
    worker_id uuid,
    error_code text,
    error text,
    http_status integer,
    final_url text,
    title text,
    description text,
    language text,
    emails text[] NOT NULL DEFAULT '{}',
    phones text[] NOT NULL DEFAULT '{}',
    social jsonb NOT NULL DEFAULT '{}',
    technologies jsonb NOT NULL DEFAULT '[]',
    is_wordpress boolean,
    wordpress_version text,
    favicon_url text,
    logo_url text,
    organization text,
    address text,
    page_kind text,
    pages_scraped integer NOT NULL DEFAULT 0,
    bytes bigint NOT NULL DEFAULT 0,
    started_at timestamptz,
    finished_at timestamptz,
    duration double precision,
    extra jsonb NOT NULL DEFAULT '{}',
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (batch_id, domain),
    CHECK ((finished_at IS NOT NULL) = (status IN ('complete', 'failed', 'cancelled'))),
    CHECK ((worker_id IS NOT NULL) = (status = 'running')),
    CHECK ((error_code IS NOT NULL) = (status = 'failed')),
    CHECK ((started_at IS NOT NULL) = (attempts > 0)),
    CHECK (attempts > 0 OR status IN ('pending', 'cancelled'))
);

CREATE INDEX jobs_pending ON batchscrape.jobs (batch_id, job_id) WHERE status = 'pending';
CREATE INDEX jobs_running ON batchscrape.jobs (worker_id) WHERE status = 'running';

CREATE TABLE batchscrape.pages (
    job_id bigint NOT NULL REFERENCES batchscrape.jobs ON DELETE CASCADE,
    url text NOT NULL,
    final_url text,
    http_status integer,
    error_code text,
    error text,
    content_type text,
    title text,
    description text,
    language text,
    emails text[] NOT NULL DEFAULT '{}',
    phones text[] NOT NULL DEFAULT '{}',
    bytes bigint NOT NULL,
    truncated boolean NOT NULL,
    fetched_at timestamptz NOT NULL,
    duration double precision NOT NULL,
    -- The body, compressed with gzip, where --keep-html asked for it.
    html bytea,
    PRIMARY KEY (job_id, url)
);

CREATE TABLE batchscrape.workers (
    worker_id uuid PRIMARY KEY,
    -- Null serves every batch.
    batch_id uuid REFERENCES batchscrape.batches ON DELETE CASCADE,
    host text NOT NULL,
    pid integer NOT NULL,
    version text NOT NULL,
    -- Alive is seen_at + lease > now().
    lease interval NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz NOT NULL DEFAULT now(),
    -- Jobs whose page has been in the parser for over a second.
    parsing bigint[] NOT NULL DEFAULT '{}'
);

CREATE TABLE batchscrape.locks (
    name text PRIMARY KEY,
    worker_id uuid NOT NULL
);

CREATE VIEW batchscrape.batch_status AS
SELECT
    batch.batch_id,
    state.status,
    batch.total_domains,
    totals.completed_domains,
    totals.failed_domains,
    -- Cut, not rounded: 100 means that every job has ended.
    trunc(100.0 * (batch.total_domains - totals.open_domains) / batch.total_domains, 2)::double precision
        AS progress,
    batch.created_at,
    totals.updated_at,
    totals.start_time,
    totals.end_time,
    extract(epoch FROM
        CASE WHEN totals.end_time IS NOT NULL THEN totals.end_time
             WHEN state.status = 'processing' THEN now()
             ELSE totals.updated_at END - totals.start_time)::double precision AS processing_time,
    CASE state.status
        WHEN 'failed' THEN format('Every domain failed: %s.', (
            SELECT string_agg(format('%s × %s', value, key), ', ' ORDER BY value::bigint DESC, key)
            FROM jsonb_each_text(totals.errors)))
        WHEN 'interrupted' THEN
            format('No living worker serves this batch; `batchscrape resume %s` goes on with it.',
                   left(batch.batch_id::text, 8))
    END AS error,
    batch.name,
    batch.options,
    batch.rejected_lines,
    totals.cancelled_domains,
    totals.running_domains,
    totals.pages_scraped,
    totals.bytes,
    totals.errors,
    serving.workers
FROM batchscrape.batches AS batch
CROSS JOIN LATERAL (
    SELECT
        count(*) FILTER (WHERE status = 'complete') AS completed_domains,
        count(*) FILTER (WHERE status = 'failed') AS failed_domains,
        count(*) FILTER (WHERE status = 'cancelled') AS cancelled_domains,
        count(*) FILTER (WHERE status = 'running') AS running_domains,
        count(*) FILTER (WHERE status IN ('pending', 'running')) AS open_domains,
        coalesce(sum(pages_scraped), 0)::bigint AS pages_scraped,
        coalesce(sum(bytes), 0)::bigint AS bytes,
        max(updated_at) AS updated_at,
        min(started_at) AS start_time,
        max(finished_at) AS last_end
    FROM batchscrape.jobs
    WHERE jobs.batch_id = batch.batch_id AND batch.ended_at IS NULL
) AS counted
CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_object_agg(code, jobs), '{}') AS errors
    FROM (
        SELECT error_code AS code, count(*) AS jobs
        FROM batchscrape.jobs
        WHERE jobs.batch_id = batch.batch_id AND status = 'failed' AND batch.ended_at IS NULL
        GROUP BY error_code
    ) AS by_code
) AS failures
CROSS JOIN LATERAL (
    SELECT
        coalesce(batch.completed_domains, counted.completed_domains) AS completed_domains,
        coalesce(batch.failed_domains, counted.failed_domains) AS failed_domains,
        coalesce(batch.cancelled_domains, counted.cancelled_domains) AS cancelled_domains,
        counted.running_domains,
        counted.open_domains,
        coalesce(batch.pages_scraped, counted.pages_scraped) AS pages_scraped,
        coalesce(batch.bytes, counted.bytes) AS bytes,
        coalesce(batch.updated_at, counted.updated_at, batch.created_at) AS updated_at,
        coalesce(batch.start_time, counted.start_time) AS start_time,
        coalesce(batch.ended_at, CASE WHEN counted.open_domains = 0 THEN counted.last_end END) AS end_time,
        coalesce(batch.errors, failures.errors) AS errors
) AS totals
CROSS JOIN LATERAL (
    SELECT count(*) AS workers
    FROM batchscrape.workers AS worker
    WHERE totals.end_time IS NULL
        AND worker.seen_at + worker.lease > now()
        AND (worker.batch_id = batch.batch_id OR worker.batch_id IS NULL)
) AS serving
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN totals.open_domains = 0 THEN CASE
            WHEN totals.cancelled_domains > 0 THEN 'cancelled'
            WHEN totals.failed_domains = 0 THEN 'complete'
            WHEN totals.completed_domains = 0 THEN 'failed'
            ELSE 'partial' END
        WHEN batch.cancelled_at IS NOT NULL THEN 'cancelled'
        WHEN totals.start_time IS NULL THEN 'pending'
        WHEN serving.workers > 0 THEN 'processing'
        ELSE 'interrupted'
    END AS status
) AS state;
