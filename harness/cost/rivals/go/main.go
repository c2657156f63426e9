// The rival in Go: net/http as its documentation shows it, one fixed reply. server_cost builds and
// starts it with GOMAXPROCS=1.
//
//	rival BODY_FILE
package main

import (
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: rival BODY_FILE")
	}
	body, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(reply http.ResponseWriter, request *http.Request) {
		reply.Header().Set("Content-Type", "application/json")
		reply.Write(body)
	})
	fmt.Fprintf(os.Stderr, "listening on http://%s\n", listener.Addr())
	log.Fatal(http.Serve(listener, mux))
}
