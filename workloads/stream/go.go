// The stream workload on net/http: each line is written and flushed, so that it is a piece.
package workloads

import (
	"encoding/json"
	"net/http"

	"assay.example/go/routes"
)

type line struct {
	Index int `json:"index"`
	Value int `json:"value"`
}

func init() {
	routes.Mux.HandleFunc("GET /stream", func(reply http.ResponseWriter, _ *http.Request) {
		reply.Header().Set("Content-Type", "application/x-ndjson")
		lines := json.NewEncoder(reply) // ends each with a newline
		pieces := http.NewResponseController(reply)
		for i := 0; i < 100; i++ {
			if lines.Encode(line{i, i * 10}) != nil || pieces.Flush() != nil {
				return
			}
		}
	})
}
