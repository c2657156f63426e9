// The json workload on net/http: a struct, built anew for each request.
package workloads

import (
	"net/http"

	"assay.example/go/routes"
)

type item struct {
	ID    int `json:"id"`
	Value int `json:"value"`
}

type levels struct {
	Level1  map[string]string `json:"level1"`
	Another map[string]string `json:"another"`
}

type document struct {
	Message string `json:"message"`
	Items   []item `json:"items"`
	Nested  levels `json:"nested"`
}

func init() {
	routes.Mux.HandleFunc("GET /json", func(reply http.ResponseWriter, _ *http.Request) {
		items := make([]item, 20)
		for i := range items {
			items[i] = item{i, i * 10}
		}
		routes.JSON(reply, document{"Hello, World!", items, levels{
			map[string]string{"level2": "deep value"}, map[string]string{"key": "value"},
		}})
	})
}
