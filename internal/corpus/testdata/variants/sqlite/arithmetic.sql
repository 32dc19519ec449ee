----
CREATE TABLE arithmetic (id INTEGER PRIMARY KEY, a INT, b INT);
----
CREATE TABLE arithmetic (id INTEGER PRIMARY KEY, a INT CHECK (a + b * 2 - 1 > -100), b INT CHECK (NOT (a = 1 AND b = 9) OR a <> 2));
----
CREATE TABLE arithmetic (id INTEGER PRIMARY KEY, a INT CHECK ((a + b) * 2 - 1 > -100), b INT CHECK (NOT a = 1 AND (b <> 9 OR a <> 2)));
----
CREATE TABLE arithmetic (id INTEGER PRIMARY KEY, a INT, b INT, s AS (a << 2 | b & 3), t AS (a << (2 | b) & 3), u AS (-a - -b), v AS (~a % 7), w AS (a || b COLLATE NOCASE));
CREATE INDEX arithmetic_i ON arithmetic ((a - b) - id, a - (b - id), s DESC);
----
CREATE TABLE arithmetic (id INTEGER PRIMARY KEY, a INT, b INT, s AS (a << 2 | (b & 3)), t AS ((a << (2 | b)) & 3), u AS ((-a) - (-b)), v AS ((~a) % 7), w AS (a || (b COLLATE NOCASE)));
CREATE INDEX arithmetic_i ON arithmetic (a - b - id, a - b - id, s);
----
CREATE TABLE arithmetic (id INTEGER PRIMARY KEY, a INT DEFAULT (-(1)), b INT DEFAULT (- 1), c DEFAULT (1 = 1 = 1), d DEFAULT (1 = (1 = 1)), e INT, CHECK (a BETWEEN 0 AND 5 AND b < 9 OR a IS NULL), CHECK (a IN (e, 1) IS NOT 5));
