package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/klauspost/cpuid/v2"
)

// machine describes where and with what the results were taken, without names.
func machine(ctx context.Context) []string {
	lines := []string{
		fmt.Sprintf("Processor: %s, %d cores in use, %s", cpuid.CPU.BrandName, runtime.GOMAXPROCS(0), runtime.GOARCH),
		fmt.Sprintf("System: %s", runtime.GOOS),
		fmt.Sprintf("Go: %s", runtime.Version()),
	}
	if version, err := exec.CommandContext(ctx, "node", "--version").Output(); err == nil {
		lines = append(lines, fmt.Sprintf("Node: %s, ajv %s", strings.TrimSpace(string(version)), ajvVersion()))
	}
	if build, ok := debug.ReadBuildInfo(); ok {
		for _, m := range build.Deps {
			if strings.Contains(m.Path, "json") {
				lines = append(lines, m.Path+" "+m.Version)
			}
		}
	}
	return lines
}

// ajvVersion returns the version that package.json pins.
func ajvVersion() string {
	var manifest struct{ Dependencies map[string]string }
	text, err := os.ReadFile("package.json")
	if err != nil || json.Unmarshal(text, &manifest) != nil {
		return "of unknown version"
	}
	return manifest.Dependencies["ajv"]
}
