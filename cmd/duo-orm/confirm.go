package main

import (
	"bufio"
	"errors"
	"io"
	"strings"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
)

// refusedError is a change of a protected environment that nobody confirmed.
type refusedError struct {
	Environment string
	// Asked says that somebody was asked, and did not say yes.
	Asked bool
}

// Error implements error.
func (e *refusedError) Error() string {
	if e.Asked {
		return "not confirmed; nothing was run"
	}
	return "the environment " + quoted(e.Environment) + " is protected, and there is no terminal to ask on; nothing was run"
}

// confirm asks on a terminal whether to go on in a protected environment. The safe answer is the default.
func (s *session) confirm(yes bool, what string) error {
	a := s.app
	if !s.database.Protected || yes {
		return nil
	}
	if !a.inTerminal || !a.errTerminal {
		return &refusedError{Environment: s.database.Environment}
	}
	p := a.printErr()
	p.Line(views.S(views.Changed, "The environment "+quoted(s.database.Environment)+" is protected. "), views.T(what))
	p.Raw([]byte("Go on? Type yes to go on, anything else stops: "))
	if err := p.Err(); err != nil {
		return err
	}
	answer, err := bufio.NewReader(a.in).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if strings.TrimSpace(strings.ToLower(answer)) != "yes" {
		return &refusedError{Environment: s.database.Environment, Asked: true}
	}
	return nil
}
