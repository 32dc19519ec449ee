CREATE TYPE ver AS (major int, minor int);
CREATE FUNCTION vcmp(ver, ver) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT CASE WHEN ($1).major < ($2).major THEN -1 WHEN ($1).major > ($2).major THEN 1 ELSE ($1).minor - ($2).minor END';
CREATE FUNCTION vlt(ver, ver) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT opclasses.vcmp($1, $2) < 0'; CREATE FUNCTION vle(ver, ver) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT opclasses.vcmp($1, $2) <= 0'; CREATE FUNCTION veq(ver, ver) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT opclasses.vcmp($1, $2) = 0'; CREATE FUNCTION vge(ver, ver) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT opclasses.vcmp($1, $2) >= 0'; CREATE FUNCTION vgt(ver, ver) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT opclasses.vcmp($1, $2) > 0';
CREATE FUNCTION vhash(ver) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT ($1).major * 31 + ($1).minor';
----
CREATE TABLE t (id int PRIMARY KEY, v ver NOT NULL DEFAULT '(1,5)'); CREATE INDEX i ON t (v);
----
CREATE OPERATOR <# (LEFTARG = ver, RIGHTARG = ver, FUNCTION = vlt, COMMUTATOR = >#, NEGATOR = >=#, RESTRICT = scalarltsel, JOIN = scalarltjoinsel); CREATE OPERATOR <=# (LEFTARG = ver, RIGHTARG = ver, FUNCTION = vle, COMMUTATOR = >=#, NEGATOR = >#); CREATE OPERATOR =# (LEFTARG = ver, RIGHTARG = ver, FUNCTION = veq, COMMUTATOR = =#, RESTRICT = eqsel, HASHES, MERGES); CREATE OPERATOR >=# (LEFTARG = ver, RIGHTARG = ver, FUNCTION = vge, COMMUTATOR = <=#, NEGATOR = <#); CREATE OPERATOR ># (LEFTARG = ver, RIGHTARG = ver, FUNCTION = vgt, COMMUTATOR = <#, NEGATOR = <=#);
CREATE OPERATOR CLASS ver_ops DEFAULT FOR TYPE ver USING btree AS OPERATOR 1 <#, OPERATOR 2 <=#, OPERATOR 3 =#, OPERATOR 4 >=#, OPERATOR 5 >#, FUNCTION 1 vcmp(ver, ver);
CREATE TABLE t (id int PRIMARY KEY, v ver NOT NULL DEFAULT '(1,5)' UNIQUE); CREATE INDEX i ON t (v DESC); CREATE VIEW w AS SELECT v FROM t WHERE v ># ROW(1, 0)::ver ORDER BY v USING <#;
----
CREATE OPERATOR =# (LEFTARG = ver, RIGHTARG = ver, FUNCTION = veq, COMMUTATOR = =#, HASHES);
CREATE OPERATOR FAMILY ver_hash USING hash; CREATE OPERATOR CLASS ver_hash_ops FOR TYPE ver USING hash FAMILY ver_hash AS OPERATOR 1 =#, FUNCTION 1 vhash(ver); COMMENT ON OPERATOR FAMILY ver_hash USING hash IS 'hf'; COMMENT ON OPERATOR CLASS ver_hash_ops USING hash IS 'ho';
CREATE TABLE t (id int PRIMARY KEY, v ver NOT NULL DEFAULT '(1,5)', EXCLUDE USING hash (v ver_hash_ops WITH =#)); CREATE INDEX i ON t USING hash (v ver_hash_ops);
----
CREATE OPERATOR <# (LEFTARG = ver, RIGHTARG = ver, FUNCTION = vlt); CREATE OPERATOR <=# (LEFTARG = ver, RIGHTARG = ver, FUNCTION = vle); CREATE OPERATOR =# (LEFTARG = ver, RIGHTARG = ver, FUNCTION = veq); CREATE OPERATOR >=# (LEFTARG = ver, RIGHTARG = ver, FUNCTION = vge); CREATE OPERATOR ># (LEFTARG = ver, RIGHTARG = ver, FUNCTION = vgt);
CREATE OPERATOR CLASS ver_ops FOR TYPE ver USING btree AS OPERATOR 1 <#, OPERATOR 2 <=#, OPERATOR 3 =#, OPERATOR 4 >=#, OPERATOR 5 >#, FUNCTION 1 vcmp(ver, ver);
CREATE OPERATOR CLASS ver_part FOR TYPE ver USING hash AS OPERATOR 1 =#, FUNCTION 1 vhash(ver);
CREATE TYPE ver_range AS RANGE (SUBTYPE = ver, SUBTYPE_OPCLASS = ver_ops);
CREATE TABLE t (id int, v ver NOT NULL DEFAULT '(1,5)') PARTITION BY RANGE (v ver_ops); CREATE TABLE t1 PARTITION OF t FOR VALUES FROM ('(1,0)') TO ('(2,0)'); CREATE INDEX i ON t (v ver_ops, id); CREATE TABLE u (r ver_range, s ver_range[]);
