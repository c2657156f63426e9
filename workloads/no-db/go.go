// The no-db workload on net/http.
package workloads

import (
	"net/http"

	"assay.example/go/routes"
)

func init() {
	routes.Mux.HandleFunc("GET /no-db/{key}", func(reply http.ResponseWriter, request *http.Request) {
		routes.Text(reply, "Found: "+request.PathValue("key")+", counter=0\n")
	})
}
