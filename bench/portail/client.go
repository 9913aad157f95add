package main

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
)

// client is one browser: a connection that stays open. It does little, for the processor to be the counter's.
type client struct {
	conn net.Conn
	r    *bufio.Reader
}

// answer is what a client notes of an answer.
type answer struct {
	status           int
	location, cookie string
	length           int64 // of the body, bytes
}

func dial(host string) (*client, error) {
	conn, err := net.Dial("tcp", host)
	if err != nil {
		return nil, err
	}
	return &client{conn, bufio.NewReaderSize(conn, 64<<10)}, nil
}

func (c *client) close() { _ = c.conn.Close() }

// ask sends a request and reads the answer to its end.
func (c *client) ask(request ...[]byte) (a answer, err error) {
	buffers := net.Buffers(request)
	if _, err := buffers.WriteTo(c.conn); err != nil {
		return a, err
	}
	for first := true; ; first = false {
		line, err := c.r.ReadSlice('\n')
		if err != nil {
			return a, fmt.Errorf("read an answer: %w", err)
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			break
		}
		if first {
			a.status, _ = strconv.Atoi(string(line[9:12])) // HTTP/1.1 200 OK
			continue
		}
		a.header(line)
	}
	if a.status == 200 && a.length == 0 {
		return a, fmt.Errorf("an answer without its length")
	}
	_, err = c.r.Discard(int(a.length))
	return a, err
}

func (a *answer) header(line []byte) {
	name, value, _ := bytes.Cut(line, []byte(": "))
	switch string(name) {
	case "Content-Length":
		a.length, _ = strconv.ParseInt(string(value), 10, 64)
	case "Location":
		a.location = string(value)
	case "Set-Cookie":
		if cookie, _, _ := strings.Cut(string(value), ";"); strings.HasPrefix(cookie, "guichet=") {
			a.cookie = cookie
		}
	}
}

// signIn returns the cookie of a new session.
func signIn(host, mail string) (string, error) {
	c, err := dial(host)
	if err != nil {
		return "", err
	}
	defer c.close()
	form := url.Values{"courriel": {mail}, "motdepasse": {password}}.Encode()
	a, err := c.ask(fmt.Appendf(nil, "POST /connexion HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", host, len(form), form))
	if err == nil && (a.status != 303 || a.cookie == "") {
		err = fmt.Errorf("status %d", a.status)
	}
	return a.cookie, err
}

// get writes the request for a page.
func get(host, cookie, path string) []byte {
	if cookie != "" {
		cookie = "Cookie: " + cookie + "\r\n"
	}
	return []byte("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + cookie + "\r\n")
}
