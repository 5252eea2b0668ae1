CREATE SCHEMA batchscrape;

CREATE TABLE batchscrape.batches (
    batch_id uuid NOT NULL,
    name text,
    options jsonb NOT NULL,
    total_domains integer NOT NULL,
    rejected_lines integer NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    cancelled_at timestamp with time zone,
    ended_at timestamp with time zone,
    updated_at timestamp with time zone,
    start_time timestamp with time zone,
    completed_domains integer,
    failed_domains integer,
    cancelled_domains integer,
    pages_scraped bigint,
    bytes bigint,
    errors jsonb,
    CONSTRAINT batches_check CHECK ((num_nonnulls(ended_at, updated_at, completed_domains, failed_domains, cancelled_domains, pages_scraped, bytes, errors) = ANY (ARRAY[0, 8]))),
    CONSTRAINT batches_check1 CHECK ((((completed_domains + failed_domains) + cancelled_domains) = total_domains))
);

CREATE TABLE batchscrape.jobs (
    job_id bigint NOT NULL,
    batch_id uuid NOT NULL,
    domain text NOT NULL,
    input text NOT NULL,
    start_url text NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    losses integer DEFAULT 0 NOT NULL,
    worker_id uuid,
    error_code text,
    error text,
    http_status integer,
    final_url text,
    title text,
    description text,
    language text,
    emails text[] DEFAULT '{}'::text[] NOT NULL,
    phones text[] DEFAULT '{}'::text[] NOT NULL,
    social jsonb DEFAULT '{}'::jsonb NOT NULL,
    technologies jsonb DEFAULT '[]'::jsonb NOT NULL,
    is_wordpress boolean,
    wordpress_version text,
    favicon_url text,
    logo_url text,
    organization text,
    address text,
    page_kind text,
    pages_scraped integer DEFAULT 0 NOT NULL,
    bytes bigint DEFAULT 0 NOT NULL,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    duration double precision,
    extra jsonb DEFAULT '{}'::jsonb NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT jobs_check CHECK (((finished_at IS NOT NULL) = (status = ANY (ARRAY['complete'::text, 'failed'::text, 'cancelled'::text])))),
    CONSTRAINT jobs_check1 CHECK (((worker_id IS NOT NULL) = (status = 'running'::text))),
    CONSTRAINT jobs_check2 CHECK (((error_code IS NOT NULL) = (status = 'failed'::text))),
    CONSTRAINT jobs_check3 CHECK (((started_at IS NOT NULL) = (attempts > 0))),
    CONSTRAINT jobs_check4 CHECK (((attempts > 0) OR (status = ANY (ARRAY['pending'::text, 'cancelled'::text])))),
    CONSTRAINT jobs_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'running'::text, 'complete'::text, 'failed'::text, 'cancelled'::text])))
);

CREATE TABLE batchscrape.workers (
    worker_id uuid NOT NULL,
    batch_id uuid,
    host text NOT NULL,
    pid integer NOT NULL,
    version text NOT NULL,
    lease interval NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    seen_at timestamp with time zone DEFAULT now() NOT NULL,
    parsing bigint[] DEFAULT '{}'::bigint[] NOT NULL
);

CREATE VIEW batchscrape.batch_status AS
 SELECT batch.batch_id,
    state.status,
    batch.total_domains,
    totals.completed_domains,
    totals.failed_domains,
    (trunc(((100.0 * ((batch.total_domains - totals.open_domains))::numeric) / (batch.total_domains)::numeric), 2))::double precision AS progress,
    batch.created_at,
    totals.updated_at,
    totals.start_time,
    totals.end_time,
    (EXTRACT(epoch FROM (
        CASE
            WHEN (totals.end_time IS NOT NULL) THEN totals.end_time
            WHEN (state.status = 'processing'::text) THEN now()
            ELSE totals.updated_at
        END - totals.start_time)))::double precision AS processing_time,
        CASE state.status
            WHEN 'failed'::text THEN format('Every domain failed: %s.'::text, ( SELECT string_agg(format('%s × %s'::text, jsonb_each_text.value, jsonb_each_text.key), ', '::text ORDER BY (jsonb_each_text.value)::bigint DESC, jsonb_each_text.key) AS string_agg
               FROM jsonb_each_text(totals.errors) jsonb_each_text(key, value)))
            WHEN 'interrupted'::text THEN format('No living worker serves this batch; `batchscrape resume %s` goes on with it.'::text, "left"((batch.batch_id)::text, 8))
            ELSE NULL::text
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
   FROM (((((batchscrape.batches batch
     CROSS JOIN LATERAL ( SELECT count(*) FILTER (WHERE (jobs.status = 'complete'::text)) AS completed_domains,
            count(*) FILTER (WHERE (jobs.status = 'failed'::text)) AS failed_domains,
            count(*) FILTER (WHERE (jobs.status = 'cancelled'::text)) AS cancelled_domains,
            count(*) FILTER (WHERE (jobs.status = 'running'::text)) AS running_domains,
            count(*) FILTER (WHERE (jobs.status = ANY (ARRAY['pending'::text, 'running'::text]))) AS open_domains,
            COALESCE(sum(jobs.pages_scraped), (0)::bigint) AS pages_scraped,
            (COALESCE(sum(jobs.bytes), (0)::numeric))::bigint AS bytes,
            max(jobs.updated_at) AS updated_at,
            min(jobs.started_at) AS start_time,
            max(jobs.finished_at) AS last_end
           FROM batchscrape.jobs
          WHERE ((jobs.batch_id = batch.batch_id) AND (batch.ended_at IS NULL))) counted)
     CROSS JOIN LATERAL ( SELECT COALESCE(jsonb_object_agg(by_code.code, by_code.jobs), '{}'::jsonb) AS errors
           FROM ( SELECT jobs.error_code AS code,
                    count(*) AS jobs
                   FROM batchscrape.jobs
                  WHERE ((jobs.batch_id = batch.batch_id) AND (jobs.status = 'failed'::text) AND (batch.ended_at IS NULL))
                  GROUP BY jobs.error_code) by_code) failures)
     CROSS JOIN LATERAL ( SELECT COALESCE((batch.completed_domains)::bigint, counted.completed_domains) AS completed_domains,
            COALESCE((batch.failed_domains)::bigint, counted.failed_domains) AS failed_domains,
            COALESCE((batch.cancelled_domains)::bigint, counted.cancelled_domains) AS cancelled_domains,
            counted.running_domains,
            counted.open_domains,
            COALESCE(batch.pages_scraped, counted.pages_scraped) AS pages_scraped,
            COALESCE(batch.bytes, counted.bytes) AS bytes,
            COALESCE(batch.updated_at, counted.updated_at, batch.created_at) AS updated_at,
            COALESCE(batch.start_time, counted.start_time) AS start_time,
            COALESCE(batch.ended_at,
                CASE
                    WHEN (counted.open_domains = 0) THEN counted.last_end
                    ELSE NULL::timestamp with time zone
                END) AS end_time,
            COALESCE(batch.errors, failures.errors) AS errors) totals)
     CROSS JOIN LATERAL ( SELECT count(*) AS workers
           FROM batchscrape.workers worker
          WHERE ((totals.end_time IS NULL) AND ((worker.seen_at + worker.lease) > now()) AND ((worker.batch_id = batch.batch_id) OR (worker.batch_id IS NULL)))) serving)
     CROSS JOIN LATERAL ( SELECT
                CASE
                    WHEN (totals.open_domains = 0) THEN
                    CASE
                        WHEN (totals.cancelled_domains > 0) THEN 'cancelled'::text
                        WHEN (totals.failed_domains = 0) THEN 'complete'::text
                        WHEN (totals.completed_domains = 0) THEN 'failed'::text
                        ELSE 'partial'::text
                    END
                    WHEN (batch.cancelled_at IS NOT NULL) THEN 'cancelled'::text
                    WHEN (totals.start_time IS NULL) THEN 'pending'::text
                    WHEN (serving.workers > 0) THEN 'processing'::text
                    ELSE 'interrupted'::text
                END AS status) state);

ALTER TABLE batchscrape.jobs ALTER COLUMN job_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME batchscrape.jobs_job_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE batchscrape.locks (
    name text NOT NULL,
    worker_id uuid NOT NULL
);

CREATE TABLE batchscrape.migrations (
    number integer NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE batchscrape.pages (
    job_id bigint NOT NULL,
    url text NOT NULL,
    final_url text,
    http_status integer,
    error_code text,
    error text,
    content_type text,
    title text,
    description text,
    language text,
    emails text[] DEFAULT '{}'::text[] NOT NULL,
    phones text[] DEFAULT '{}'::text[] NOT NULL,
    bytes bigint NOT NULL,
    truncated boolean NOT NULL,
    fetched_at timestamp with time zone NOT NULL,
    duration double precision NOT NULL,
    html bytea
);

INSERT INTO batchscrape.batches VALUES ('782bea56-375e-4dd2-8610-18746d95c030', 'demo', '{"delay": 0.0, "retries": 2, "timeout": 15.0, "max_body": 5242880, "keep_html": false, "max_pages": 5, "user_agent": "batchscrape/0.1.0", "phone_region": null, "allow_network": ["127.0.0.0/8"], "ignore_robots": false, "domain_timeout": 300.0}', 8, 0, '2026-11-23 21:09:39.71868+00', NULL, '2026-11-23 21:09:40.688985+00', '2026-11-23 21:09:40.688985+00', '2026-11-23 21:09:40.030912+00', 8, 0, 0, 28, 46814, '{}');
INSERT INTO batchscrape.batches VALUES ('507d635f-c58d-4684-9fb8-78d2082a23d3', 'a ''quoted'' näme', '{"delay": 0.5, "retries": 2, "timeout": 15.0, "max_body": 5242880, "keep_html": false, "max_pages": 5, "user_agent": "batchscrape/0.1.0", "phone_region": null, "allow_network": [], "ignore_robots": false, "domain_timeout": 300.0}', 3, 0, '2026-11-23 21:09:40.835655+00', NULL, '2026-11-23 21:09:40.841905+00', '2026-11-23 21:09:40.841905+00', '2026-11-23 21:09:40.840594+00', 1, 2, 0, 1, 30, '{"timeout": 1, "http_4xx": 1}');
INSERT INTO batchscrape.batches VALUES ('98019dcf-37ed-4f06-992f-9da70be132cc', NULL, '{"delay": 0.5, "retries": 2, "timeout": 15.0, "max_body": 5242880, "keep_html": false, "max_pages": 5, "user_agent": "batchscrape/0.1.0", "phone_region": null, "allow_network": [], "ignore_robots": false, "domain_timeout": 300.0}', 1, 0, '2026-11-23 21:09:40.846805+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO batchscrape.batches VALUES ('ce0240c9-d1d9-4128-a21a-8008dcbe45da', NULL, '{"delay": 0.5, "retries": 2, "timeout": 15.0, "max_body": 5242880, "keep_html": false, "max_pages": 5, "user_agent": "batchscrape/0.1.0", "phone_region": null, "allow_network": [], "ignore_robots": false, "domain_timeout": 300.0}', 2, 0, '2026-11-23 21:09:40.85157+00', '2026-11-23 21:09:40.856024+00', '2026-11-23 21:09:40.856024+00', '2026-11-23 21:09:40.856024+00', '2026-11-23 21:09:40.853834+00', 1, 0, 1, 1, 10, '{}');
INSERT INTO batchscrape.batches VALUES ('192fff70-19a2-40b9-84fa-81d411aab121', 'pending', '{"delay": 0.5, "retries": 2, "timeout": 15.0, "max_body": 5242880, "keep_html": false, "max_pages": 5, "user_agent": "batchscrape/0.1.0", "phone_region": null, "allow_network": [], "ignore_robots": false, "domain_timeout": 300.0}', 2, 0, '2026-11-23 21:09:40.860077+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO batchscrape.batches VALUES ('d8351538-f5b6-455c-84fa-e03950e74088', 'interrupted', '{"delay": 0.5, "retries": 2, "timeout": 15.0, "max_body": 5242880, "keep_html": false, "max_pages": 5, "user_agent": "batchscrape/0.1.0", "phone_region": null, "allow_network": [], "ignore_robots": false, "domain_timeout": 300.0}', 3, 0, '2026-11-23 21:09:40.861676+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

INSERT INTO batchscrape.jobs OVERRIDING SYSTEM VALUE VALUES (7, '782bea56-375e-4dd2-8610-18746d95c030', 'software.localhost:38001', 'http://software.localhost:38001', 'http://software.localhost:38001/', 'complete', 1, 0, NULL, NULL, NULL, 200, 'http://software.localhost:38001/', 'Lanternfish: see what your queues are doing', 'A small open-source tool that shows the jobs waiting in your queues, without an agent and without a dashboard server.', 'en', '{hello@lanternfish-demo.com,security@lanternfish-demo.com}', '{}', '{"github": ["https://github.com/lanternfish-demo"], "twitter": ["https://twitter.com/lanternfishdemo"], "telegram": ["https://t.me/lanternfishdemo"]}', '[{"name": "Next.js", "version": null}, {"name": "React", "version": null}, {"name": "nginx", "version": null}]', false, NULL, 'http://software.localhost:38001/logo.svg', 'http://software.localhost:38001/logo.svg', 'Lanternfish', NULL, 'site', 3, 4864, '2026-11-23 21:09:40.030912+00', '2026-11-23 21:09:40.688985+00', 0.13876564800011693, '{}', '2026-11-23 21:09:40.688985+00');
INSERT INTO batchscrape.jobs OVERRIDING SYSTEM VALUE VALUES (4, '782bea56-375e-4dd2-8610-18746d95c030', 'joinery.localhost:38001', 'http://joinery.localhost:38001', 'http://joinery.localhost:38001/', 'complete', 1, 0, NULL, NULL, NULL, 200, 'http://joinery.localhost:38001/', 'Stolarnia Dąb i Jesion: meble na wymiar', 'Kuchnie, schody i meble na wymiar z litego drewna. Wrocław i okolice, od projektu po montaż.', 'pl-PL', '{biuro@dabijesion-demo.pl}', '{+48710001234,+48600000123}', '{"youtube": ["https://www.youtube.com/@dabijesiondemo"], "facebook": ["https://www.facebook.com/dabijesiondemo"]}', '[{"name": "Joomla", "version": null}, {"name": "Bootstrap", "version": null}, {"name": "Apache", "version": null}, {"name": "PHP", "version": "8.2.26"}]', false, NULL, 'http://joinery.localhost:38001/logo.svg', 'http://joinery.localhost:38001/logo.svg', 'Stolarnia Dąb i Jesion', 'Stolarnia Dąb i Jesion, ul. Żywiczna 900, 50-900 Wrocław', 'site', 3, 4758, '2026-11-23 21:09:40.030912+00', '2026-11-23 21:09:40.688985+00', 0.14211969999996654, '{}', '2026-11-23 21:09:40.688985+00');
INSERT INTO batchscrape.jobs OVERRIDING SYSTEM VALUE VALUES (2, '782bea56-375e-4dd2-8610-18746d95c030', 'boutique.localhost:38001', 'http://boutique.localhost:38001', 'http://boutique.localhost:38001/', 'complete', 1, 0, NULL, NULL, NULL, 200, 'http://boutique.localhost:38001/', 'Atelier Lisière | Vêtements en lin lavé', 'Chemises, robes et pantalons en lin lavé, coupés et cousus à la main dans notre atelier d’Arles.', 'fr', '{bonjour@lisiere-demo.fr,juridique@lisiere-demo.fr}', '{+33465712034}', '{"tiktok": ["https://www.tiktok.com/@lisiere.demo"], "instagram": ["https://www.instagram.com/lisiere.demo"], "pinterest": ["https://www.pinterest.com/lisieredemo"]}', '[{"name": "Shopify", "version": null}, {"name": "Cloudflare", "version": null}]', false, NULL, 'http://boutique.localhost:38001/logo.svg', 'http://boutique.localhost:38001/logo.svg', 'Atelier Lisière', 'Atelier Lisière, 900 rue des Tondeurs, 13200 Arles', 'site', 4, 6594, '2026-11-23 21:09:40.030912+00', '2026-11-23 21:09:40.688985+00', 0.14363010800116172, '{}', '2026-11-23 21:09:40.688985+00');
INSERT INTO batchscrape.jobs OVERRIDING SYSTEM VALUE VALUES (8, '782bea56-375e-4dd2-8610-18746d95c030', 'tapas.localhost:38001', 'http://tapas.localhost:38001', 'http://tapas.localhost:38001/', 'complete', 1, 0, NULL, NULL, NULL, 200, 'http://tapas.localhost:38001/', 'Casa Alacena · Tapas en Triana', 'Tapas de mercado, vinos de Jerez y una barra de roble en el corazón de Triana.', 'es', '{hola@alacena-demo.es}', '{+34955000123}', '{"whatsapp": ["https://wa.me/34600000123"], "instagram": ["https://www.instagram.com/casaalacena.demo"]}', '[{"name": "Wix", "version": null}]', false, NULL, 'http://tapas.localhost:38001/logo.svg', 'http://tapas.localhost:38001/logo.svg', 'Casa Alacena', 'Casa Alacena, Calle del Alfarero 900, 41010 Sevilla', 'site', 3, 4347, '2026-11-23 21:09:40.030912+00', '2026-11-23 21:09:40.688985+00', 0.14376078200075426, '{}', '2026-11-23 21:09:40.688985+00');
INSERT INTO batchscrape.jobs OVERRIDING SYSTEM VALUE VALUES (1, '782bea56-375e-4dd2-8610-18746d95c030', 'bakery.localhost:38001', 'http://bakery.localhost:38001', 'http://bakery.localhost:38001/', 'complete', 1, 0, NULL, NULL, NULL, 200, 'http://bakery.localhost:38001/', 'Backstube Morgenrot – Brot mit langer Ruhe', 'Sauerteigbrot, Brötchen und Kuchen aus dem Holzofen, jeden Morgen ab halb sieben in Berlin-Friedrichshain.', 'de-DE', '{info@morgenrot-demo.de}', '{+493023125042,+493023125043}', '{"facebook": ["https://www.facebook.com/morgenrot.demo"], "instagram": ["https://www.instagram.com/morgenrot.demo"]}', '[{"name": "WordPress", "version": "6.8.2"}, {"name": "Elementor", "version": "3.31.2"}, {"name": "Yoast SEO", "version": "25.6"}, {"name": "Contact Form 7", "version": "6.1.1"}, {"name": "jQuery", "version": "3.7.1"}, {"name": "nginx", "version": "1.26.2"}, {"name": "PHP", "version": "8.3.14"}, {"name": "WordPress theme: astra", "version": "4.11.9"}]', true, '6.8.2', 'http://bakery.localhost:38001/logo.svg', 'http://bakery.localhost:38001/logo.svg', 'Backstube Morgenrot', 'Samariterstraße 900, 10247 Berlin, DE', 'site', 4, 10008, '2026-11-23 21:09:40.030912+00', '2026-11-23 21:09:40.688985+00', 0.14832488799947896, '{}', '2026-11-23 21:09:40.688985+00');
INSERT INTO batchscrape.jobs OVERRIDING SYSTEM VALUE VALUES (3, '782bea56-375e-4dd2-8610-18746d95c030', 'dentist.localhost:38001', 'http://dentist.localhost:38001', 'http://dentist.localhost:38001/', 'complete', 1, 0, NULL, NULL, NULL, 200, 'http://dentist.localhost:38001/', 'Brightwater Dental | Gentle Dentists in Seattle', 'Family dentistry by the water: check-ups, fillings and Invisalign, with Saturday appointments.', 'en-US', '{hello@brightwater-demo.com,billing@brightwater-demo.com}', '{+12065550142,+12065550143}', '{"youtube": ["https://www.youtube.com/@brightwaterdentaldemo"], "facebook": ["https://www.facebook.com/brightwaterdentaldemo"]}', '[{"name": "Google Analytics", "version": null}, {"name": "Cloudflare", "version": null}]', false, NULL, 'http://dentist.localhost:38001/logo.svg', 'http://dentist.localhost:38001/logo.svg', 'Brightwater Dental', '9000 Elliott Cove Ave, 98100 Seattle, WA', 'site', 3, 5475, '2026-11-23 21:09:40.030912+00', '2026-11-23 21:09:40.688985+00', 0.14852897000127996, '{}', '2026-11-23 21:09:40.688985+00');
INSERT INTO batchscrape.jobs OVERRIDING SYSTEM VALUE VALUES (6, '782bea56-375e-4dd2-8610-18746d95c030', 'ryokan.localhost:38001', 'http://ryokan.localhost:38001', 'http://ryokan.localhost:38001/', 'complete', 1, 0, NULL, NULL, NULL, 200, 'http://ryokan.localhost:38001/', '川蝉荘｜伊豆の小さな温泉旅館', '川のせせらぎを聞きながら過ごす、全七室の温泉旅館。源泉かけ流しの露天風呂と地の魚の夕食。', 'ja', '{yoyaku@kawasemi-demo.jp}', '{+81558001234,+81558001235}', '{"instagram": ["https://www.instagram.com/kawasemi.demo"]}', '[{"name": "jQuery", "version": "1.12.4"}, {"name": "Apache", "version": null}]', false, NULL, 'http://ryokan.localhost:38001/logo.svg', 'http://ryokan.localhost:38001/logo.svg', NULL, '川蝉荘 〒410-0000 静岡県伊豆市湯川900', 'site', 4, 4257, '2026-11-23 21:09:40.030912+00', '2026-11-23 21:09:40.688985+00', 0.14830939500097884, '{}', '2026-11-23 21:09:40.688985+00');
INSERT INTO batchscrape.jobs OVERRIDING SYSTEM VALUE VALUES (5, '782bea56-375e-4dd2-8610-18746d95c030', 'lawyers.localhost:38001', 'http://lawyers.localhost:38001', 'http://lawyers.localhost:38001/', 'complete', 1, 0, NULL, NULL, NULL, 200, 'http://lawyers.localhost:38001/', 'Hartley & Wren Solicitors | London', 'Property, employment and family law for people who would rather not be in court.', 'en-GB', '{clerks@hartleywren-demo.com,b.hartley@hartleywren-demo.com,t.wren@hartleywren-demo.com,a.mistry@hartleywren-demo.com}', '{+442079460123,+442079460124}', '{"twitter": ["https://twitter.com/hartleywrendemo"], "linkedin": ["https://www.linkedin.com/company/hartley-wren-demo"]}', '[{"name": "Drupal", "version": "11"}, {"name": "Apache", "version": "2.4.62"}]', false, NULL, 'http://lawyers.localhost:38001/logo.svg', 'http://lawyers.localhost:38001/logo.svg', 'Hartley & Wren Solicitors', '900 Carey Passage, WC2A 0ZZ London, GB', 'site', 4, 6511, '2026-11-23 21:09:40.030912+00', '2026-11-23 21:09:40.688985+00', 0.14991017799911788, '{}', '2026-11-23 21:09:40.688985+00');
INSERT INTO batchscrape.jobs OVERRIDING SYSTEM VALUE VALUES (9, '507d635f-c58d-4684-9fb8-78d2082a23d3', '0.example', '0.example', 'https://0.example/', 'complete', 1, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', '{}', '{}', '[]', false, NULL, NULL, NULL, NULL, NULL, NULL, 1, 10, '2026-11-23 21:09:40.840594+00', '2026-11-23 21:09:40.841905+00', 0, '{}', '2026-11-23 21:09:40.841905+00');
INSERT INTO batchscrape.jobs OVERRIDING SYSTEM VALUE VALUES (10, '507d635f-c58d-4684-9fb8-78d2082a23d3', '1.example', '1.example', 'https://1.example/', 'failed', 1, 0, NULL, 'timeout', NULL, NULL, NULL, NULL, NULL, NULL, '{}', '{}', '{}', '[]', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 10, '2026-11-23 21:09:40.840594+00', '2026-11-23 21:09:40.841905+00', 0, '{}', '2026-11-23 21:09:40.841905+00');
INSERT INTO batchscrape.jobs OVERRIDING SYSTEM VALUE VALUES (11, '507d635f-c58d-4684-9fb8-78d2082a23d3', '2.example', '2.example', 'https://2.example/', 'failed', 1, 0, NULL, 'http_4xx', NULL, NULL, NULL, NULL, NULL, NULL, '{}', '{}', '{}', '[]', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 10, '2026-11-23 21:09:40.840594+00', '2026-11-23 21:09:40.841905+00', 0, '{}', '2026-11-23 21:09:40.841905+00');
INSERT INTO batchscrape.jobs OVERRIDING SYSTEM VALUE VALUES (12, '98019dcf-37ed-4f06-992f-9da70be132cc', 'html.example', 'html.example', 'https://html.example/', 'complete', 1, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', '{}', '{}', '[]', false, NULL, NULL, NULL, NULL, NULL, NULL, 1, 10, '2026-11-23 21:09:40.849178+00', '2026-11-23 21:09:40.850263+00', 0, '{}', '2026-11-23 21:09:40.850263+00');
INSERT INTO batchscrape.jobs OVERRIDING SYSTEM VALUE VALUES (13, 'ce0240c9-d1d9-4128-a21a-8008dcbe45da', 'c1.example', 'c1.example', 'https://c1.example/', 'complete', 1, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', '{}', '{}', '[]', false, NULL, NULL, NULL, NULL, NULL, NULL, 1, 10, '2026-11-23 21:09:40.853834+00', '2026-11-23 21:09:40.854768+00', 0, '{}', '2026-11-23 21:09:40.854768+00');
INSERT INTO batchscrape.jobs OVERRIDING SYSTEM VALUE VALUES (14, 'ce0240c9-d1d9-4128-a21a-8008dcbe45da', 'c2.example', 'c2.example', 'https://c2.example/', 'cancelled', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', '{}', '{}', '[]', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, NULL, '2026-11-23 21:09:40.856024+00', NULL, '{}', '2026-11-23 21:09:40.856024+00');
INSERT INTO batchscrape.jobs OVERRIDING SYSTEM VALUE VALUES (15, '192fff70-19a2-40b9-84fa-81d411aab121', 'open1.example', 'open1.example', 'https://open1.example/', 'pending', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', '{}', '{}', '[]', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, '{}', '2026-11-23 21:09:40.860077+00');
INSERT INTO batchscrape.jobs OVERRIDING SYSTEM VALUE VALUES (16, '192fff70-19a2-40b9-84fa-81d411aab121', 'open2.example', 'open2.example', 'https://open2.example/', 'pending', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', '{}', '{}', '[]', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, '{}', '2026-11-23 21:09:40.860077+00');
INSERT INTO batchscrape.jobs OVERRIDING SYSTEM VALUE VALUES (19, 'd8351538-f5b6-455c-84fa-e03950e74088', 'i3.example', 'i3.example', 'https://i3.example/', 'pending', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', '{}', '{}', '[]', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, '{}', '2026-11-23 21:09:40.861676+00');
INSERT INTO batchscrape.jobs OVERRIDING SYSTEM VALUE VALUES (17, 'd8351538-f5b6-455c-84fa-e03950e74088', 'i1.example', 'i1.example', 'https://i1.example/', 'complete', 1, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', '{}', '{}', '[]', false, NULL, NULL, NULL, NULL, NULL, NULL, 1, 10, '2026-11-23 21:09:40.863883+00', '2026-11-23 21:09:40.864754+00', 0, '{}', '2026-11-23 21:09:40.864754+00');
INSERT INTO batchscrape.jobs OVERRIDING SYSTEM VALUE VALUES (18, 'd8351538-f5b6-455c-84fa-e03950e74088', 'i2.example', 'i2.example', 'https://i2.example/', 'running', 1, 0, 'f4ddc588-77eb-4f1d-afd2-4aa07171113f', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', '{}', '{}', '[]', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, '2026-11-23 21:09:40.866629+00', NULL, NULL, '{}', '2026-11-23 21:09:40.866629+00');

INSERT INTO batchscrape.locks VALUES ('nightly', 'f4ddc588-77eb-4f1d-afd2-4aa07171113f');

INSERT INTO batchscrape.migrations VALUES (1, 'initial', '5b0019ddb6f87878b23b19c8a5f461731d45d22c561ffc6a0dc570e992da1d42', '2026-11-23 21:09:39.697865+00');

INSERT INTO batchscrape.pages VALUES (7, 'http://software.localhost:38001/', 'http://software.localhost:38001/', 200, NULL, NULL, 'text/html; charset=utf-8', 'Lanternfish: see what your queues are doing', 'A small open-source tool that shows the jobs waiting in your queues, without an agent and without a dashboard server.', 'en', '{}', '{}', 1811, false, '2026-11-23 21:09:40.098169+00', 0.0185661319992505, NULL);
INSERT INTO batchscrape.pages VALUES (7, 'http://software.localhost:38001/about', 'http://software.localhost:38001/about', 200, NULL, NULL, 'text/html; charset=utf-8', 'About | Lanternfish', 'Who makes Lanternfish, and how to report a security problem.', 'en', '{hello@lanternfish-demo.com,security@lanternfish-demo.com}', '{}', 1541, false, '2026-11-23 21:09:40.162056+00', 0.007332189001317602, NULL);
INSERT INTO batchscrape.pages VALUES (7, 'http://software.localhost:38001/docs', 'http://software.localhost:38001/docs', 200, NULL, NULL, 'text/html; charset=utf-8', 'Docs | Lanternfish', 'Installing, watching and scripting Lanternfish.', 'en', '{}', '{}', 1512, false, '2026-11-23 21:09:40.175797+00', 0.006983862000197405, NULL);
INSERT INTO batchscrape.pages VALUES (4, 'http://joinery.localhost:38001/', 'http://joinery.localhost:38001/', 200, NULL, NULL, 'text/html; charset=iso-8859-2', 'Stolarnia Dąb i Jesion: meble na wymiar', 'Kuchnie, schody i meble na wymiar z litego drewna. Wrocław i okolice, od projektu po montaż.', 'pl-PL', '{}', '{}', 1734, false, '2026-11-23 21:09:40.1016+00', 0.022731346000000485, NULL);
INSERT INTO batchscrape.pages VALUES (4, 'http://joinery.localhost:38001/kontakt', 'http://joinery.localhost:38001/kontakt', 200, NULL, NULL, 'text/html; charset=iso-8859-2', 'Kontakt: Stolarnia Dąb i Jesion', 'Zapraszamy do warsztatu od poniedziałku do piątku.', 'pl-PL', '{biuro@dabijesion-demo.pl}', '{+48710001234,+48600000123}', 1556, false, '2026-11-23 21:09:40.163314+00', 0.008302848000312224, NULL);
INSERT INTO batchscrape.pages VALUES (4, 'http://joinery.localhost:38001/realizacje', 'http://joinery.localhost:38001/realizacje', 200, NULL, NULL, 'text/html; charset=iso-8859-2', 'Realizacje: Stolarnia Dąb i Jesion', 'Kuchnie, schody i stoły, które wyszły z naszego warsztatu.', 'pl-PL', '{}', '{}', 1468, false, '2026-11-23 21:09:40.177869+00', 0.008921204000216676, NULL);
INSERT INTO batchscrape.pages VALUES (2, 'http://boutique.localhost:38001/', 'http://boutique.localhost:38001/', 200, NULL, NULL, 'text/html; charset=utf-8', 'Atelier Lisière | Vêtements en lin lavé', 'Chemises, robes et pantalons en lin lavé, coupés et cousus à la main dans notre atelier d’Arles.', 'fr', '{}', '{}', 1810, false, '2026-11-23 21:09:40.043102+00', 0.0003738840005098609, NULL);
INSERT INTO batchscrape.pages VALUES (2, 'http://boutique.localhost:38001/pages/contact', 'http://boutique.localhost:38001/pages/contact', 200, NULL, NULL, 'text/html; charset=utf-8', 'Contact – Atelier Lisière', 'Une question sur une taille ou une retouche ? Écrivez-nous.', 'fr', '{bonjour@lisiere-demo.fr}', '{+33465712034}', 1604, false, '2026-11-23 21:09:40.10322+00', 0.024107631999868318, NULL);
INSERT INTO batchscrape.pages VALUES (2, 'http://boutique.localhost:38001/policies/legal-notice', 'http://boutique.localhost:38001/policies/legal-notice', 200, NULL, NULL, 'text/html; charset=utf-8', 'Mentions légales – Atelier Lisière', 'Éditeur, hébergeur et médiateur.', 'fr', '{juridique@lisiere-demo.fr}', '{}', 1600, false, '2026-11-23 21:09:40.165934+00', 0.010808241999257007, NULL);
INSERT INTO batchscrape.pages VALUES (2, 'http://boutique.localhost:38001/collections/nouveautes', 'http://boutique.localhost:38001/collections/nouveautes', 200, NULL, NULL, 'text/html; charset=utf-8', 'Nouveautés – Atelier Lisière', 'Les pièces de la saison, numérotées, en série de quarante.', 'fr', '{}', '{}', 1580, false, '2026-11-23 21:09:40.178959+00', 0.009904522999931942, NULL);
INSERT INTO batchscrape.pages VALUES (8, 'http://tapas.localhost:38001/', 'http://tapas.localhost:38001/', 200, NULL, NULL, 'text/html; charset=utf-8', 'Casa Alacena · Tapas en Triana', 'Tapas de mercado, vinos de Jerez y una barra de roble en el corazón de Triana.', 'es', '{}', '{}', 1502, false, '2026-11-23 21:09:40.155343+00', 0.05919440400066378, NULL);
INSERT INTO batchscrape.pages VALUES (8, 'http://tapas.localhost:38001/contacto', 'http://tapas.localhost:38001/contacto', 200, NULL, NULL, 'text/html; charset=utf-8', 'Contacto · Casa Alacena', 'Reservas por teléfono, WhatsApp o correo.', 'es', '{hola@alacena-demo.es}', '{+34955000123}', 1352, false, '2026-11-23 21:09:40.169269+00', 0.010864294999919366, NULL);
INSERT INTO batchscrape.pages VALUES (8, 'http://tapas.localhost:38001/carta', 'http://tapas.localhost:38001/carta', 200, NULL, NULL, 'text/html; charset=utf-8', 'Carta · Casa Alacena', 'La carta de hoy, con alérgenos y precios.', 'es', '{}', '{}', 1493, false, '2026-11-23 21:09:40.181965+00', 0.006556869999258197, NULL);
INSERT INTO batchscrape.pages VALUES (1, 'http://bakery.localhost:38001/', 'http://bakery.localhost:38001/', 200, NULL, NULL, 'text/html; charset=utf-8', 'Backstube Morgenrot – Brot mit langer Ruhe', 'Sauerteigbrot, Brötchen und Kuchen aus dem Holzofen, jeden Morgen ab halb sieben in Berlin-Friedrichshain.', 'de-DE', '{}', '{+493023125042}', 3028, false, '2026-11-23 21:09:40.079984+00', 0.03768705599941313, NULL);
INSERT INTO batchscrape.pages VALUES (1, 'http://bakery.localhost:38001/kontakt/', 'http://bakery.localhost:38001/kontakt/', 200, NULL, NULL, 'text/html; charset=utf-8', 'Kontakt – Backstube Morgenrot', 'So bestellen Sie vor: Telefon, Formular und der Weg in die Backstube.', 'de-DE', '{}', '{+493023125042}', 2382, false, '2026-11-23 21:09:40.156732+00', 0.060313762000077986, NULL);
INSERT INTO batchscrape.pages VALUES (1, 'http://bakery.localhost:38001/impressum/', 'http://bakery.localhost:38001/impressum/', 200, NULL, NULL, 'text/html; charset=utf-8', 'Impressum – Backstube Morgenrot', 'Angaben gemäß § 5 DDG.', 'de-DE', '{info@morgenrot-demo.de}', '{+493023125042,+493023125043}', 2137, false, '2026-11-23 21:09:40.171973+00', 0.013406853999185842, NULL);
INSERT INTO batchscrape.pages VALUES (1, 'http://bakery.localhost:38001/sortiment/', 'http://bakery.localhost:38001/sortiment/', 200, NULL, NULL, 'text/html; charset=utf-8', 'Sortiment – Backstube Morgenrot', 'Unsere Brote, Brötchen und Kuchen mit allen Zutaten und Allergenen.', 'de-DE', '{}', '{}', 2461, false, '2026-11-23 21:09:40.183074+00', 0.007482741999410791, NULL);
INSERT INTO batchscrape.pages VALUES (3, 'http://dentist.localhost:38001/', 'http://dentist.localhost:38001/', 200, NULL, NULL, 'text/html; charset=utf-8', 'Brightwater Dental | Gentle Dentists in Seattle', 'Family dentistry by the water: check-ups, fillings and Invisalign, with Saturday appointments.', 'en-US', '{}', '{+12065550142}', 1878, false, '2026-11-23 21:09:40.099003+00', 0.019112152000161586, NULL);
INSERT INTO batchscrape.pages VALUES (3, 'http://dentist.localhost:38001/contact', 'http://dentist.localhost:38001/contact', 200, NULL, NULL, 'text/html; charset=utf-8', 'Contact | Brightwater Dental', 'Call, write or drop by: Monday to Saturday.', 'en-US', '{hello@brightwater-demo.com,billing@brightwater-demo.com}', '{+12065550142,+12065550143}', 1933, false, '2026-11-23 21:09:40.173669+00', 0.018818024998836336, NULL);
INSERT INTO batchscrape.pages VALUES (3, 'http://dentist.localhost:38001/services', 'http://dentist.localhost:38001/services', 200, NULL, NULL, 'text/html; charset=utf-8', 'Services | Brightwater Dental', 'Check-ups, fillings, crowns, aligners and care for children.', 'en-US', '{}', '{+12065550142}', 1664, false, '2026-11-23 21:09:40.184155+00', 0.008449615001154598, NULL);
INSERT INTO batchscrape.pages VALUES (6, 'http://ryokan.localhost:38001/', 'http://ryokan.localhost:38001/', 200, NULL, NULL, 'text/html', '川蝉荘｜伊豆の小さな温泉旅館', '川のせせらぎを聞きながら過ごす、全七室の温泉旅館。源泉かけ流しの露天風呂と地の魚の夕食。', 'ja', '{}', '{}', 1100, false, '2026-11-23 21:09:40.096497+00', 0.017218024000612786, NULL);
INSERT INTO batchscrape.pages VALUES (6, 'http://ryokan.localhost:38001/contact.html', 'http://ryokan.localhost:38001/contact.html', 200, NULL, NULL, 'text/html', 'お問い合わせ｜川蝉荘', 'ご予約とお問い合わせはお電話またはメールで。', 'ja', '{yoyaku@kawasemi-demo.jp}', '{+81558001234,+81558001235}', 1126, false, '2026-11-23 21:09:40.158664+00', 0.0041792049996729475, NULL);
INSERT INTO batchscrape.pages VALUES (6, 'http://ryokan.localhost:38001/rooms.html', 'http://ryokan.localhost:38001/rooms.html', 200, NULL, NULL, 'text/html', 'お部屋｜川蝉荘', '川側の和室五室と、離れ二室のご案内。', 'ja', '{}', '{}', 1081, false, '2026-11-23 21:09:40.176896+00', 0.008274406000055023, NULL);
INSERT INTO batchscrape.pages VALUES (6, 'http://ryokan.localhost:38001/access.html', 'http://ryokan.localhost:38001/access.html', 200, NULL, NULL, 'text/html', 'アクセス｜川蝉荘', '電車とお車でのお越し方。', 'ja', '{}', '{}', 950, false, '2026-11-23 21:09:40.185438+00', 0.003979077999247238, NULL);
INSERT INTO batchscrape.pages VALUES (5, 'http://lawyers.localhost:38001/', 'http://lawyers.localhost:38001/', 200, NULL, NULL, 'text/html; charset=utf-8', 'Hartley & Wren Solicitors | London', 'Property, employment and family law for people who would rather not be in court.', 'en-GB', '{clerks@hartleywren-demo.com}', '{+442079460123}', 2192, false, '2026-11-23 21:09:40.148047+00', 0.06940541000039957, NULL);
INSERT INTO batchscrape.pages VALUES (5, 'http://lawyers.localhost:38001/contact', 'http://lawyers.localhost:38001/contact', 200, NULL, NULL, 'text/html; charset=utf-8', 'Contact | Hartley & Wren', 'Where we are and when we answer.', 'en-GB', '{clerks@hartleywren-demo.com}', '{+442079460123,+442079460124}', 1361, false, '2026-11-23 21:09:40.167044+00', 0.011809596000603051, NULL);
INSERT INTO batchscrape.pages VALUES (5, 'http://lawyers.localhost:38001/our-people', 'http://lawyers.localhost:38001/our-people', 200, NULL, NULL, 'text/html; charset=utf-8', 'Our people | Hartley & Wren', 'The partners and how to reach each of them.', 'en-GB', '{b.hartley@hartleywren-demo.com,t.wren@hartleywren-demo.com,a.mistry@hartleywren-demo.com}', '{}', 1506, false, '2026-11-23 21:09:40.180012+00', 0.010839118000149028, NULL);
INSERT INTO batchscrape.pages VALUES (5, 'http://lawyers.localhost:38001/practice-areas', 'http://lawyers.localhost:38001/practice-areas', 200, NULL, NULL, 'text/html; charset=utf-8', 'Practice areas | Hartley & Wren', 'What we do, and what we leave to others.', 'en-GB', '{}', '{}', 1452, false, '2026-11-23 21:09:40.186182+00', 0.004329437000706093, NULL);
INSERT INTO batchscrape.pages VALUES (9, 'https://0.example/', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', '{}', 10, false, '2026-02-01 12:00:00.123456+00', 0.5, NULL);
INSERT INTO batchscrape.pages VALUES (10, 'https://1.example/', NULL, NULL, 'timeout', NULL, NULL, NULL, NULL, NULL, '{}', '{}', 10, false, '2026-02-01 12:00:00.123456+00', 0.5, NULL);
INSERT INTO batchscrape.pages VALUES (11, 'https://2.example/', NULL, NULL, 'http_4xx', NULL, NULL, NULL, NULL, NULL, '{}', '{}', 10, false, '2026-02-01 12:00:00.123456+00', 0.5, NULL);
INSERT INTO batchscrape.pages VALUES (12, 'https://html.example/', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', '{}', 10, false, '2026-02-01 12:00:00.123456+00', 0.5, '\x1f8b0800000000000203b329c92cc949b5abb0d1873000151e80cc10000000');
INSERT INTO batchscrape.pages VALUES (13, 'https://c1.example/', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', '{}', 10, false, '2026-02-01 12:00:00.123456+00', 0.5, NULL);
INSERT INTO batchscrape.pages VALUES (17, 'https://i1.example/', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', '{}', 10, false, '2026-02-01 12:00:00.123456+00', 0.5, NULL);

INSERT INTO batchscrape.workers VALUES ('f4ddc588-77eb-4f1d-afd2-4aa07171113f', 'd8351538-f5b6-455c-84fa-e03950e74088', 'here', 1, '0', '00:01:00', '2026-11-23 21:09:40.865873+00', '2026-11-22 21:09:40.867467+00', '{18}');

SELECT pg_catalog.setval('batchscrape.jobs_job_id_seq', 19, true);

ALTER TABLE ONLY batchscrape.batches
    ADD CONSTRAINT batches_pkey PRIMARY KEY (batch_id);

ALTER TABLE ONLY batchscrape.jobs
    ADD CONSTRAINT jobs_batch_id_domain_key UNIQUE (batch_id, domain);

ALTER TABLE ONLY batchscrape.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (job_id);

ALTER TABLE ONLY batchscrape.locks
    ADD CONSTRAINT locks_pkey PRIMARY KEY (name);

ALTER TABLE ONLY batchscrape.migrations
    ADD CONSTRAINT migrations_pkey PRIMARY KEY (number);

ALTER TABLE ONLY batchscrape.pages
    ADD CONSTRAINT pages_pkey PRIMARY KEY (job_id, url);

ALTER TABLE ONLY batchscrape.workers
    ADD CONSTRAINT workers_pkey PRIMARY KEY (worker_id);

CREATE INDEX batches_newest ON batchscrape.batches USING btree (created_at DESC);

CREATE INDEX batches_open ON batchscrape.batches USING btree (created_at) WHERE (ended_at IS NULL);

CREATE INDEX jobs_pending ON batchscrape.jobs USING btree (batch_id, job_id) WHERE (status = 'pending'::text);

CREATE INDEX jobs_running ON batchscrape.jobs USING btree (worker_id) WHERE (status = 'running'::text);

ALTER TABLE ONLY batchscrape.jobs
    ADD CONSTRAINT jobs_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES batchscrape.batches(batch_id) ON DELETE CASCADE;

ALTER TABLE ONLY batchscrape.pages
    ADD CONSTRAINT pages_job_id_fkey FOREIGN KEY (job_id) REFERENCES batchscrape.jobs(job_id) ON DELETE CASCADE;

ALTER TABLE ONLY batchscrape.workers
    ADD CONSTRAINT workers_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES batchscrape.batches(batch_id) ON DELETE CASCADE;
