CREATE TABLE t (id int PRIMARY KEY, a int); CREATE TABLE u (id int PRIMARY KEY);
----
----
CREATE PUBLICATION pub_v FOR TABLE t;
----
CREATE PUBLICATION pub_v FOR TABLE t (id) WHERE (id > 3), u WITH (publish = 'insert, delete'); COMMENT ON PUBLICATION pub_v IS 'x';
----
CREATE PUBLICATION pub_v FOR TABLES IN SCHEMA publications WITH (publish_via_partition_root = true);
----
CREATE PUBLICATION pub_v;
