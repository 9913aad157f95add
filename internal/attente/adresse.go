package attente

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"net"
)

// The ports that a system gives of itself, to who listens on port 0 or connects, begin higher: 32768 on Linux, 49152 on Windows
// and macOS.
const premierPort, ports = 12000, 20000

// Adresse is one of this machine that nobody listens on, for a process that is told where to listen. Of the ports that the system
// gives of itself one would often be somebody else's before that process is there.
func Adresse() (string, error) {
	var err error
	for range 100 {
		n, tire := rand.Int(rand.Reader, big.NewInt(ports))
		if tire != nil {
			return "", fmt.Errorf("draw a port: %w", tire)
		}
		var l net.Listener
		if l, err = net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", premierPort+n.Int64())); err == nil {
			return l.Addr().String(), l.Close()
		}
	}
	return "", fmt.Errorf("find a free port: %w", err)
}
