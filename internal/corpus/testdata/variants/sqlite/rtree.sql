----
CREATE VIRTUAL TABLE rtree_boxes USING rtree(id, x0, x1);
CREATE TABLE rtree_places (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO rtree_boxes VALUES (3, 1.5, 2.5);
----
CREATE VIRTUAL TABLE rtree_boxes USING rtree(id, x0, x1);
CREATE TABLE rtree_places (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '', x REAL, y REAL);
CREATE TRIGGER rtree_t AFTER INSERT ON rtree_places BEGIN INSERT OR REPLACE INTO rtree_boxes VALUES (new.id, new.x, new.x + 1); END;
----
CREATE TABLE rtree_places (id INTEGER PRIMARY KEY, name TEXT CHECK (name <> '?'));
CREATE VIRTUAL TABLE "rtree odd" USING rtree_i32("an id", "min x", "max x", +"a label" TEXT);
CREATE VIEW rtree_v AS SELECT p.name, b."a label" FROM rtree_places p JOIN "rtree odd" b ON b."an id" = p.id AND "min x" < 5;
----
CREATE VIRTUAL TABLE rtree_boxes USING rtree(id, x0, x1);
CREATE VIEW rtree_v AS SELECT id, x1 - x0 AS wide FROM rtree_boxes;
CREATE TRIGGER rtree_t INSTEAD OF DELETE ON rtree_v BEGIN DELETE FROM rtree_boxes WHERE id = old.id; END;
----
CREATE TABLE rtree_boxes (id INTEGER PRIMARY KEY, x0 REAL, x1 REAL);
