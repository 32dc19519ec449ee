package planner

import (
	"container/heap"
	"slices"
	"sort"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// CycleError is returned when units need each other and nothing can be left for later.
type CycleError struct{ Path []hclschema.Identity }

// Error implements error.
func (e *CycleError) Error() string {
	names := make([]string, len(e.Path))
	for i, id := range e.Path {
		names[i] = id.String()
	}
	return "these need each other: " + strings.Join(names, ", ")
}

// sorter orders nodes, which are numbered by priority, so that each comes after those that it must follow. Soft edges are
// wishes: where the nodes form a ring, they are given up, the node of the lowest number first, and those of other nodes hold.
type sorter struct {
	edges [][]edge
	// hard and soft count the edges into each node that are not yet satisfied.
	hard, soft []int
}

type edge struct {
	to   int
	soft bool
}

func newSorter(nodes int) *sorter {
	return &sorter{edges: make([][]edge, nodes), hard: make([]int, nodes), soft: make([]int, nodes)}
}

// before says that node a must (or, soft, should) come before node b.
func (s *sorter) before(a, b int, soft bool) {
	if a == b {
		return
	}
	s.edges[a] = append(s.edges[a], edge{b, soft})
	if soft {
		s.soft[b]++
	} else {
		s.hard[b]++
	}
}

// sort returns the order, and false with the nodes that are left if hard edges form a ring.
func (s *sorter) sort() (order, left []int, ok bool) {
	n := len(s.edges)
	done := make([]bool, n)
	ready := &intHeap{}
	for i := range n {
		if s.hard[i] == 0 && s.soft[i] == 0 {
			heap.Push(ready, i)
		}
	}
	for len(order) < n {
		next := pop(ready, done)
		if next < 0 {
			free := s.giveUp(done)
			if free == nil {
				break
			}
			for _, i := range free {
				heap.Push(ready, i)
			}
			continue
		}
		done[next] = true
		order = append(order, next)
		for _, e := range s.edges[next] {
			if e.soft {
				s.soft[e.to]--
			} else {
				s.hard[e.to]--
			}
			if s.hard[e.to] == 0 && s.soft[e.to] == 0 && !done[e.to] {
				heap.Push(ready, e.to)
			}
		}
	}
	for i := range n {
		if !done[i] {
			left = append(left, i)
		}
	}
	return order, left, len(left) == 0
}

// giveUp are nodes whose wishes are to be given up: of each ring that waits for nothing outside of itself the lowest one that is free of
// hard edges. Where only rings of hard edges are such it is the lowest node of all that is free of these, and nil where none is.
func (s *sorter) giveUp(done []bool) []int {
	r := newRingFinder(func(i int) []int {
		var list []int
		for _, e := range s.edges[i] {
			if !done[e.to] {
				list = append(list, e.to)
			}
		}
		return list
	})
	for i := range s.edges {
		if !done[i] && r.at[i] == 0 {
			r.visit(i)
		}
	}
	waits := map[int]bool{}
	for i := range s.edges {
		for _, e := range s.edges[i] {
			if !done[i] && !done[e.to] && r.ring[i] != r.ring[e.to] {
				waits[r.ring[e.to]] = true
			}
		}
	}
	var free, otherwise []int
	for i := range s.edges {
		if done[i] || s.hard[i] > 0 {
			continue
		}
		if ring := r.ring[i]; ring != 0 && !waits[ring] {
			free = append(free, i)
			waits[ring] = true // one of each
		}
		if otherwise == nil {
			otherwise = []int{i}
		}
	}
	if free != nil {
		return free
	}
	return otherwise
}

// ring is one ring of hard edges among the nodes that sort has left, in the order in which each must come before the next.
func (s *sorter) ring(left []int) []int {
	behind := map[int]int{}
	for _, i := range left {
		for _, e := range s.edges[i] {
			if !e.soft {
				behind[e.to] = i
			}
		}
	}
	// Each node that is left waits for another one that is left, so that going back from one to the next comes round.
	at, path := map[int]int{}, []int{}
	for node := left[0]; ; node = behind[node] {
		if first, ok := at[node]; ok {
			path = path[first:]
			slices.Reverse(path)
			return path
		}
		at[node] = len(path)
		path = append(path, node)
	}
}

func pop(h *intHeap, done []bool) int {
	for h.Len() > 0 {
		if i := heap.Pop(h).(int); !done[i] {
			return i
		}
	}
	return -1
}

// intHeap gives the smallest number first.
type intHeap []int

func (h intHeap) Len() int           { return len(h) }
func (h intHeap) Less(i, j int) bool { return h[i] < h[j] }
func (h intHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }

// Push implements heap.Interface.
func (h *intHeap) Push(x any) { *h = append(*h, x.(int)) }

// Pop implements heap.Interface.
func (h *intHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// byPosition sorts work by a number of its unit, stably.
func byPosition(list []*unitWork, position func(*unitWork) int) {
	sort.SliceStable(list, func(i, j int) bool { return position(list[i]) < position(list[j]) })
}
