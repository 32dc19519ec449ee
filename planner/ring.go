package planner

// ringFinder numbers the strongly connected components of more than one node (Tarjan's algorithm).
type ringFinder[K comparable] struct {
	next func(K) []K
	// at counts the nodes as they are found, from 1; low is the first that can be reached.
	at, low map[K]int
	in      map[K]bool
	stack   []K
	ring    map[K]int
	rings   int
}

func newRingFinder[K comparable](next func(K) []K) *ringFinder[K] {
	return &ringFinder[K]{next: next, at: map[K]int{}, low: map[K]int{}, in: map[K]bool{}, ring: map[K]int{}}
}

func (r *ringFinder[K]) visit(key K) {
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
