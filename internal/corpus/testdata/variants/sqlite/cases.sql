----
CREATE TABLE cases (id INTEGER PRIMARY KEY, name TEXT, other INT);
CREATE INDEX cases_i ON cases (name);
CREATE VIEW cases_v AS SELECT name FROM cases;
----
CREATE TABLE Cases (ID INTEGER PRIMARY KEY, Name TEXT, Other INT);
CREATE INDEX Cases_I ON Cases (Name);
CREATE VIEW Cases_V AS SELECT Name FROM Cases;
----
create table CASES (id integer primary key, NAME text not null default 'n', other int, Extra int);
create index cases_i on CASES (NAME, Extra);
create trigger cases_t after insert on CASES begin update CASES set OTHER = NEW.ID; end;
----
CREATE TABLE cases (id INTEGER PRIMARY KEY, name TEXT, other INT REFERENCES Cases (ID));
CREATE VIEW cases_v AS SELECT Name FROM CASES;
CREATE TABLE Cases_Child (id INT REFERENCES CASES (Id));
----
CREATE TABLE cases (id INTEGER PRIMARY KEY, name TEXT, "É" INT, "é" INT);
CREATE TABLE cases_child (ID INT REFERENCES cases, N TEXT);
----
CREATE TABLE "Cases" (Id INTEGER PRIMARY KEY, nAME text, OTHER INT CHECK (other > 0), g AS (Other), UNIQUE (NAME));
