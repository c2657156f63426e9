// The parallel workload on net/http: four goroutines, waited for.
package workloads

import (
	"net/http"
	"sync"

	"assay.example/go/routes"
)

type tasks struct {
	Tasks      int   `json:"tasks"`
	Iterations int   `json:"iterations"`
	Results    []int `json:"results"`
}

func squares(iterations int) int {
	total := 0
	for i := 0; i < iterations; i++ {
		total += i * i
	}
	return total
}

func init() {
	routes.Mux.HandleFunc("GET /parallel", func(reply http.ResponseWriter, _ *http.Request) {
		results := make([]int, 4)
		var waiting sync.WaitGroup
		for i := range results {
			waiting.Add(1)
			go func() {
				defer waiting.Done()
				results[i] = squares(50000)
			}()
		}
		waiting.Wait()
		routes.JSON(reply, tasks{4, 50000, results})
	})
}
