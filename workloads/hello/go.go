// The hello workload on net/http.
package workloads

import (
	"net/http"

	"assay.example/go/routes"
)

func init() {
	routes.Mux.HandleFunc("GET /hello", func(reply http.ResponseWriter, _ *http.Request) {
		routes.Text(reply, "Hello, World!")
	})
}
