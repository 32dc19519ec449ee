package sqlite

import "strings"

// keywords are the words that SQLite's tokenizer knows (sqlite.org/lang_keywords.html). The value says whether the parser
// takes the word for a name where no keyword fits (the %fallback list of parse.y).
var keywords = keywordTable(
	`ADD ALL ALTER AND AS AUTOINCREMENT BETWEEN CASE CHECK COLLATE COMMIT CONSTRAINT CREATE CROSS DEFAULT DEFERRABLE DELETE
	 DISTINCT DROP ELSE ESCAPE EXISTS FOREIGN FROM FULL GROUP HAVING IN INDEX INDEXED INNER INSERT INTO IS ISNULL JOIN LEFT LIMIT
	 NATURAL NOT NOTHING NOTNULL NULL ON OR ORDER OUTER PRIMARY REFERENCES RETURNING RIGHT SELECT SET TABLE THEN TO TRANSACTION
	 UNION UNIQUE UPDATE USING VALUES WHEN WHERE EXCEPT INTERSECT`,
	`ABORT ACTION AFTER ALWAYS ANALYZE ASC ATTACH BEFORE BEGIN BY CASCADE CAST COLUMN CONFLICT CURRENT CURRENT_DATE CURRENT_TIME
	 CURRENT_TIMESTAMP DATABASE DEFERRED DESC DETACH DO EACH END EXCLUDE EXCLUSIVE EXPLAIN FAIL FILTER FIRST FOLLOWING FOR
	 GENERATED GLOB GROUPS IF IGNORE IMMEDIATE INITIALLY INSTEAD KEY LAST LIKE MATCH MATERIALIZED NO NULLS OF OFFSET OTHERS OVER
	 PARTITION PLAN PRAGMA PRECEDING QUERY RAISE RANGE RECURSIVE REGEXP REINDEX RELEASE RENAME REPLACE RESTRICT ROLLBACK ROW ROWS
	 SAVEPOINT TEMP TEMPORARY TIES TRIGGER UNBOUNDED VACUUM VIEW VIRTUAL WINDOW WITH WITHIN WITHOUT`)

func keywordTable(reserved, fallback string) map[string]bool {
	table := map[string]bool{}
	for _, word := range strings.Fields(reserved) {
		table[word] = false
	}
	for _, word := range strings.Fields(fallback) {
		table[word] = true
	}
	return table
}

// isKeyword says whether the word, in any case, is a keyword, and whether it may be a name all the same.
func isKeyword(word string) (keyword, fallback bool) {
	fallback, keyword = keywords[upper(word)]
	return keyword, fallback
}
