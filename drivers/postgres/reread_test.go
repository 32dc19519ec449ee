package postgres

import "testing"

func TestSettledCasts(t *testing.T) {
	for sql, want := range map[string]string{
		`(a)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[])`:             `(a)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying]::character varying[])::text[])`,
		`b = ANY ((ARRAY['x]('::character varying(3)])::text[]) AND c = ANY ((ARRAY[1, 2])::numeric[])`: `b = ANY ((ARRAY['x]('::character varying(3)]::character varying[])::text[]) AND c = ANY ((ARRAY[1, 2]::integer[])::numeric[])`,
		`(ARRAY[(ARRAY['1'::bit varying(2)])::bit(3)[]])::text[]`:                                       `(ARRAY[(ARRAY['1'::bit varying(2)]::bit varying[])::bit(3)[]]::bit[][])::text[]`,
		`(ARRAY[('2020-01-01 00:00:00+00'::timestamp(3) with time zone)])::date[]`:                      `(ARRAY[('2020-01-01 00:00:00+00'::timestamp(3) with time zone)])::date[]`,
		`(ARRAY['2020-01-01 00:00:00+00'::timestamp(3) with time zone])::date[]`:                        `(ARRAY['2020-01-01 00:00:00+00'::timestamp(3) with time zone]::timestamp with time zone[])::date[]`,
		`(ARRAY[NULL::"My ()type", f('a'::text)])::text[]`:                                              `(ARRAY[NULL::"My ()type", f('a'::text)]::"My ()type"[])::text[]`,
		`(ARRAY[a, lower(b)])::text[]`:                                                                  `(ARRAY[a, lower(b)])::text[]`,
		`(ARRAY[CASE WHEN a THEN 'x'::text ELSE 'y'::text END, (a)::character varying])::text[]`:        `(ARRAY[CASE WHEN a THEN 'x'::text ELSE 'y'::text END, (a)::character varying]::character varying[])::text[]`,
		`ARRAY[('x'::character varying)::text]`:                                                         `ARRAY[('x'::character varying)::text]`,
		`'(ARRAY[''x''::character varying])::text[]'::text`:                                             `'(ARRAY[''x''::character varying])::text[]'::text`,
		`"(ARRAY[1])::x[]"`: `"(ARRAY[1])::x[]"`,
	} {
		if got := settledCasts(sql); got != want {
			t.Errorf("%s\nbecame\n%s\nnot\n%s", sql, got, want)
		}
	}
}

func TestSettledNesting(t *testing.T) {
	for sql, want := range map[string]string{
		`((id >= 1) AND (id <= 2)) AND b`:                               `((id >= 1) AND (id <= 2))::boolean AND b`,
		`(id >= 1) AND (id <= 2) AND b`:                                 `(id >= 1) AND (id <= 2) AND b`,
		`b AND ((id >= 1) AND (id <= 2))`:                               `b AND ((id >= 1) AND (id <= 2))`,
		`((a AND b) OR c) AND d`:                                        `((a AND b) OR c) AND d`,
		`(((a OR b) OR c) OR d) OR f(((x AND y) AND z), ') AND (')`:     `(((a OR b)::boolean OR c)::boolean OR d)::boolean OR f(((x AND y)::boolean AND z), ') AND (')`,
		`NOT (((a < 1) OR (a > 2)) OR b)`:                               `NOT (((a < 1) OR (a > 2))::boolean OR b)`,
		` SELECT 1 FROM t WHERE (((a >= 1) AND (a <= 2)) AND (b = c));`: ` SELECT 1 FROM t WHERE (((a >= 1) AND (a <= 2))::boolean AND (b = c));`,
		`(a = b) = (c AND d)`:                                           `(a = b) = (c AND d)`,
		`((`:                                                            `((`,
		`()`:                                                            `()`,
		``:                                                              ``,
	} {
		if got := settledNesting(sql); got != want {
			t.Errorf("%s\nbecame\n%s\nnot\n%s", sql, got, want)
		}
	}
}
