package main

import (
	"net"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// freePort puts a port that nobody listens on into a variable: port PORT.
func freePort(ts *testscript.TestScript, _ bool, args []string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	_, port, err := net.SplitHostPort(l.Addr().String())
	ts.Check(err)
	ts.Check(l.Close())
	ts.Setenv(args[0], port)
}

// untilAnswered waits until somebody listens at an address: answers 127.0.0.1:8080.
func untilAnswered(ts *testscript.TestScript, _ bool, args []string) {
	var err error
	for range 600 {
		var c net.Conn
		if c, err = net.Dial("tcp", args[0]); err == nil {
			ts.Check(c.Close())
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	ts.Fatalf("nobody answers at %s: %v", args[0], err)
}
