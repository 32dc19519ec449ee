----
CREATE TABLE json (id INTEGER PRIMARY KEY, doc TEXT, n INT);
INSERT INTO json VALUES (1000, '{"a": {"b": [1, 2]}}', 1), (1001, '[]', NULL), (1002, NULL, 2);
----
CREATE TABLE json (id INTEGER PRIMARY KEY, doc TEXT CHECK (json_valid(doc)), n INT, a AS (doc ->> '$.a') STORED);
CREATE INDEX json_a ON json (a, json_array_length(doc));
INSERT INTO json (doc) VALUES ('{"a": 5}');
----
CREATE TABLE json (id INTEGER PRIMARY KEY, doc JSON NOT NULL DEFAULT '{}' CHECK (json_type(doc) = 'object' OR doc = '[]'), n INT GENERATED ALWAYS AS (json_extract(doc, '$.n')) VIRTUAL);
CREATE UNIQUE INDEX json_n ON json (n) WHERE n IS NOT NULL;
----
CREATE TABLE json (id INTEGER PRIMARY KEY, doc TEXT DEFAULT (json_object('a', 1, 'b', json_array())), n INT CHECK (n > 0 OR n IS NULL));
CREATE VIEW json_v AS SELECT json.id, e.key, e.value, e.fullkey FROM json, json_each(doc, '$.a') AS e WHERE e.type <> 'null';
----
CREATE TABLE json (id INTEGER PRIMARY KEY, doc BLOB DEFAULT (jsonb('{}')), n INT);
CREATE TRIGGER json_t AFTER UPDATE ON json WHEN json_valid(new.doc, 8) BEGIN UPDATE json SET n = (SELECT count(*) FROM json_tree(new.doc)) WHERE id = new.id; END;
----
CREATE TABLE json (id INTEGER PRIMARY KEY, doc TEXT, n INT);
CREATE INDEX json_p ON json (doc -> '$.a', doc ->> 'b') WHERE json_valid(doc) AND doc ->> '$.live' = 1;
