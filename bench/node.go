package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// node is a Node process that answers line by line, see node.mjs.
type node struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

// errNoNode says that Node or its packages are not there.
var errNoNode = errors.New("node, or node_modules, is not there")

const wasmFile = "guichet.wasm"

// startNode starts Node beside the files of this folder. The schema is read from schemaPath.
func startNode(ctx context.Context, schemaPath string) (*node, error) {
	program, err := exec.LookPath("node")
	if err != nil || !exists(filepath.Join("node_modules", "ajv")) {
		return nil, errNoNode
	}
	root, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("find Go's root: %w", err)
	}
	support := filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js")
	n := &node{cmd: exec.CommandContext(ctx, program, "--expose-gc", "node.mjs", schemaPath, support, wasmFile)}
	n.cmd.Stderr = os.Stderr
	if n.in, err = n.cmd.StdinPipe(); err != nil {
		return nil, fmt.Errorf("start node: %w", err)
	}
	out, err := n.cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start node: %w", err)
	}
	n.out = bufio.NewScanner(out)
	if err := n.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start node: %w", err)
	}
	return n, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// stop ends the process by closing its input.
func (n *node) stop() error {
	if err := n.in.Close(); err != nil {
		return fmt.Errorf("stop node: %w", err)
	}
	if err := n.cmd.Wait(); err != nil {
		return fmt.Errorf("stop node: %w", err)
	}
	return nil
}

func (n *node) contenders() []contender {
	cs := []contender{n.contender(ajv, "ajv")}
	if exists(wasmFile) {
		cs = append(cs, n.contender(wasm, "wasm"))
	}
	return cs
}

func (n *node) contender(name, key string) contender {
	return contender{
		name: name,
		time: func(f *file, iterations int) (time.Duration, error) {
			t, _, err := n.ask(key, f.path, iterations)
			return t, err
		},
		errors: func(f *file) (int, error) {
			_, found, err := n.ask(key, f.path, 0)
			return found, err
		},
	}
}

// ask has Node read a file so many times, or count its errors when iterations is 0.
func (n *node) ask(key, path string, iterations int) (time.Duration, int, error) {
	if _, err := fmt.Fprintf(n.in, "%s\t%s\t%d\n", key, path, iterations); err != nil {
		return 0, 0, fmt.Errorf("ask node: %w", err)
	}
	if !n.out.Scan() {
		return 0, 0, fmt.Errorf("node has ended: %w", errors.Join(n.out.Err(), io.ErrUnexpectedEOF))
	}
	nanoseconds, found, _ := strings.Cut(n.out.Text(), "\t")
	t, err := strconv.ParseInt(nanoseconds, 10, 64)
	if err != nil {
		return 0, 0, fmt.Errorf("node: %s", n.out.Text())
	}
	errorsFound, err := strconv.Atoi(found)
	if err != nil {
		return 0, 0, fmt.Errorf("node: %s", n.out.Text())
	}
	return time.Duration(t), errorsFound, nil
}
