// The cpu workload on net/http: the loop in the handler. Go's compiler leaves it a loop.
package workloads

import (
	"net/http"

	"assay.example/go/routes"
)

type sum struct {
	Result     int `json:"result"`
	Iterations int `json:"iterations"`
}

func init() {
	routes.Mux.HandleFunc("GET /cpu", func(reply http.ResponseWriter, _ *http.Request) {
		total := 0
		for i := 0; i < 100000; i++ {
			total += i * i
		}
		routes.JSON(reply, sum{total, 100000})
	})
}
