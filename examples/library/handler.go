package main

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
)

// handler answers GET /books, POST /books with a title and copies, and POST /books/{id}/lend and /books/{id}/return with a reader.
func (l *library) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /books", func(w http.ResponseWriter, r *http.Request) {
		books, err := l.books(r.Context())
		answer(w, books, err)
	})
	mux.HandleFunc("POST /books", func(w http.ResponseWriter, r *http.Request) {
		var wanted book
		if err := json.NewDecoder(r.Body).Decode(&wanted); err != nil || wanted.Title == "" || wanted.Copies < 1 {
			http.Error(w, `send {"title": "…", "copies": 1}`, http.StatusBadRequest)
			return
		}
		id, err := l.add(r.Context(), wanted.Title, wanted.Copies)
		answer(w, map[string]int64{"id": id}, err)
	})
	mux.HandleFunc("POST /books/{id}/{what}", func(w http.ResponseWriter, r *http.Request) {
		id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
		reader := r.FormValue("reader")
		if err != nil || reader == "" {
			http.Error(w, "send the reader: ?reader=Ada", http.StatusBadRequest)
			return
		}
		switch r.PathValue("what") {
		case "lend":
			err = l.lend(r.Context(), id, reader)
		case "return":
			err = l.takeBack(r.Context(), id, reader)
		default:
			http.NotFound(w, r)
			return
		}
		answer(w, map[string]string{"reader": reader}, err)
	})
	return mux
}

func answer(w http.ResponseWriter, result any, err error) {
	switch {
	case errors.Is(err, errNoneThere), errors.Is(err, errNotLent):
		http.Error(w, err.Error(), http.StatusConflict)
	case err != nil:
		http.Error(w, "the library's database doesn't answer", http.StatusInternalServerError)
	default:
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(result) //nolint:errcheck // whoever asked has gone
	}
}
