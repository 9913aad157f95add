package suivi

import (
	"sync"
	"time"
	_ "time/tzdata" // the machine may have none
)

// paris is the time that days and weeks are counted in.
var paris = sync.OnceValue(func() *time.Location {
	l, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		return time.UTC
	}
	return l
})
