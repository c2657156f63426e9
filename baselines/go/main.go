// Go's own HTTP server, net/http as its documentation shows it, with the routes of every workload
// that has a go.go. Built by the set-up in a folder that holds those files as workloads/*.go: one
// package, so that a name stands once in all of them.
//
//	go --host 127.0.0.1 --port 8001
package main

import (
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime"
	"syscall"

	"assay.example/go/routes"
	_ "assay.example/go/workloads"
)

type facts struct {
	Baseline  string            `json:"baseline"`
	Runtime   string            `json:"runtime"`
	Workers   int               `json:"workers"`
	KeepAlive string            `json:"keep_alive"`
	Packages  map[string]string `json:"packages"`
}

func main() {
	host := flag.String("host", "127.0.0.1", "IPv4 address to listen on")
	port := flag.Int("port", 8001, "port; 0 picks a free one")
	flag.Parse()
	routes.Mux.HandleFunc("GET /__assay__", func(reply http.ResponseWriter, _ *http.Request) {
		routes.JSON(reply, facts{
			"go", runtime.Version(), runtime.GOMAXPROCS(0), "no limit", map[string]string{},
		})
	})
	listener, err := net.Listen("tcp4", fmt.Sprintf("%s:%d", *host, *port))
	if err != nil {
		fmt.Fprintf(os.Stderr, "error: %v: choose another with --port\n", err)
		os.Exit(1)
	}
	go exitWhenAsked()
	fmt.Fprintf(os.Stderr, "listening on http://%s\n", listener.Addr())
	fmt.Fprintln(os.Stderr, http.Serve(listener, routes.Mux))
	os.Exit(1)
}

func exitWhenAsked() {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGTERM, syscall.SIGINT)
	<-asked
	os.Exit(0)
}
