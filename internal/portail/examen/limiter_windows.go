package examen

import (
	"context"
	"runtime/debug"
	"unsafe"

	"golang.org/x/sys/windows"
)

// sansFin: the deadline is kept by the parent, which kills.
var sansFin = context.Background()

// limiter bounds this process before it reads anything: its processor time in seconds, and its bytes of memory. The
// job object that says so ends with the process.
func limiter(cpu, memoire uint64) error {
	debug.SetMemoryLimit(int64(memoire / 2))
	job, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return err
	}
	var limites windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION
	limites.BasicLimitInformation.LimitFlags = windows.JOB_OBJECT_LIMIT_PROCESS_MEMORY | windows.JOB_OBJECT_LIMIT_PROCESS_TIME
	limites.BasicLimitInformation.PerProcessUserTimeLimit = int64(cpu) * 10_000_000 // of 100 ns
	limites.ProcessMemoryLimit = uintptr(memoire)
	_, err = windows.SetInformationJobObject(job, windows.JobObjectExtendedLimitInformation,
		uintptr(unsafe.Pointer(&limites)), uint32(unsafe.Sizeof(limites)))
	if err != nil {
		return err
	}
	return windows.AssignProcessToJobObject(job, windows.CurrentProcess())
}
