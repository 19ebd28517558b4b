-- 100,000 light articles of five years, straight into the tables: 80,000 in English, 20,000 in Urdu.
-- Every 50th is withdrawn, and so are the newest 500 of one section; 100 are under embargo for the next two weeks.
-- Tags and authors by a power law; "even" and "odd" are on half of the English articles each, and never on the same.
SELECT setseed(0.25);
-- all rows fit together; to have each looked up again takes longer than all else (only a superuser may leave it)
SELECT set_config('session_replication_role', 'replica', true) FROM pg_user WHERE usename = current_user AND usesuper;

CREATE TEMPORARY TABLE cast_of ON COMMIT DROP AS
SELECT kind, edition, id, row_number() OVER (PARTITION BY kind, edition ORDER BY id) - 1 AS place FROM (
    SELECT 'section' AS kind, edition, id FROM articles_section
    UNION ALL SELECT 'tag', edition, id FROM articles_tag WHERE slug LIKE 'tag-%'
    UNION ALL SELECT 'author', edition, id FROM articles_author
) AS everybody;
ANALYZE cast_of;

INSERT INTO articles_article (
    edition, section_id, genre, slug, published_at, published_on, withdrawn_at, withdrawn_reason,
    kicker, headline, standfirst, excerpt, dateline, body_html, body_text, words,
    contents, byline, topics, corrections, comment_count, comments_open, translation_key
)
SELECT
    drawn.edition, section.id, (ARRAY['report', 'report', 'analysis', 'opinion'])[1 + n / 7 % 4], 'story-' || n, at,
    (at AT TIME ZONE 'Asia/Karachi')::date,
    CASE WHEN n % 50 = 7 OR (n % 5 = 4 AND n / 5 % 6 = 2 AND n < 15400) THEN at + interval '1 hour' END,
    CASE WHEN n % 50 = 7 OR (n % 5 = 4 AND n / 5 % 6 = 2 AND n < 15400) THEN 'False.' ELSE '' END,
    '', 'Headline ' || n, '', 'Excerpt ' || n, '', '', '', 100,
    '[]', '[]', '[]', '[]', CASE WHEN n > 100 AND n % 3 = 0 THEN n % 40 ELSE 0 END, true,
    CASE WHEN n % 10 IN (0, 1) THEN n / 10 END
FROM (
    SELECT
        n,
        CASE WHEN n % 5 = 0 THEN 'ur' ELSE 'en' END AS edition,
        CASE WHEN n <= 100 THEN now() + n * interval '200 minutes' ELSE now() - (n - 100) * interval '26 minutes' - interval '1 hour' END AS at
    FROM generate_series(1, 100000) AS n
) AS drawn
JOIN cast_of AS section ON section.kind = 'section' AND section.edition = drawn.edition AND section.place = n / 5 % 6;

CREATE TEMPORARY TABLE printed ON COMMIT DROP AS
SELECT id, edition, published_at, substr(slug, 7)::int AS n FROM articles_article WHERE withdrawn_at IS NULL;

INSERT INTO articles_articletag (article_id, tag_id, published_at)
SELECT drawn.id, tag.id, published_at
FROM (SELECT *, floor(power(random(), 3) * 3000) AS place FROM printed CROSS JOIN generate_series(1, 3)) AS drawn
JOIN cast_of AS tag ON kind = 'tag' AND tag.edition = drawn.edition AND tag.place = drawn.place
ON CONFLICT DO NOTHING;

INSERT INTO articles_articletag (article_id, tag_id, published_at)
SELECT p.id, t.id, published_at FROM printed AS p JOIN articles_tag AS t ON
    (t.slug = 'even' AND n % 2 = 0) OR (t.slug = 'odd' AND n % 2 = 1) OR (t.slug = 'rare' AND n % 4000 = 2)
    OR (t.slug = 'secret' AND n = 6)
WHERE p.edition = 'en';

INSERT INTO articles_articleauthor (article_id, author_id, published_at)
SELECT drawn.id, author.id, published_at
FROM (SELECT *, floor(power(random(), 2) * 2000) AS place FROM printed) AS drawn
JOIN cast_of AS author ON kind = 'author' AND author.edition = drawn.edition AND author.place = drawn.place;

INSERT INTO articles_comment (article_id, path, name, email, body, status, featured, written_at)
SELECT p.id, lpad(to_hex(n * 40 + k), 8, '0'), 'Reader', 'reader@example.org', 'Thought.',
    CASE WHEN k % 9 = 8 THEN 'waiting' ELSE 'shown' END, false, published_at
FROM printed AS p CROSS JOIN LATERAL generate_series(1, CASE WHEN n = 402 THEN 2000 WHEN n % 3 = 0 AND n > 100 THEN least(n % 40, 3) ELSE 0 END) AS k;

INSERT INTO articles_recent (article_id, to_id, position, reason)
SELECT p.id, q.id, k, 'tags' FROM printed AS p CROSS JOIN generate_series(1, 10) AS k JOIN printed AS q ON q.n = p.n + 5 * k
WHERE p.n < 8000;

INSERT INTO articles_image (title, file, caption, credit, alt, focal_x, focal_y, width, height, renditions, added_at)
SELECT 'A picture', n || '.jpg', '', '', '', 0.5, 0.5, 0, 0, '{}', now() FROM generate_series(1, 2000) AS n;

INSERT INTO articles_formeraddress (edition, published_on, slug, article_id)
SELECT edition, published_on, 'once-' || slug, id FROM articles_article WHERE id % 5 = 1;
