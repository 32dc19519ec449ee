package planner

import "github.com/duo-orm/duo-orm/hclschema"

// ringFinder numbers the strongly connected components of more than one node (Tarjan's algorithm).
type ringFinder struct {
	next func(hclschema.Identity) []hclschema.Identity
	// at counts the nodes as they are found, from 1; low is the first that can be reached.
	at, low map[hclschema.Identity]int
	in      map[hclschema.Identity]bool
	stack   []hclschema.Identity
	ring    map[hclschema.Identity]int
	rings   int
}

func (r *ringFinder) visit(key hclschema.Identity) {
	r.at[key] = len(r.at) + 1
	r.low[key] = r.at[key]
	r.stack = append(r.stack, key)
	r.in[key] = true
	for _, next := range r.next(key) {
		if r.at[next] == 0 {
			r.visit(next)
			r.low[key] = min(r.low[key], r.low[next])
		} else if r.in[next] {
			r.low[key] = min(r.low[key], r.at[next])
		}
	}
	if r.low[key] != r.at[key] {
		return
	}
	first := len(r.stack) - 1
	for r.stack[first] != key {
		first--
	}
	members := r.stack[first:]
	if len(members) > 1 {
		r.rings++
	}
	for _, member := range members {
		r.in[member] = false
		if len(members) > 1 {
			r.ring[member] = r.rings
		}
	}
	r.stack = r.stack[:first]
}
