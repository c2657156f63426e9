// The hash workload on net/http: crypto/sha256 over a part of the buffer.
package workloads

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"

	"assay.example/go/routes"
)

type digest struct {
	Bytes  int    `json:"bytes"`
	SHA256 string `json:"sha256"`
}

func init() {
	buffer := make([]byte, 1048576)
	for i := range buffer {
		buffer[i] = byte(i % 251)
	}
	routes.Mux.HandleFunc("GET /hash/{bytes}", func(reply http.ResponseWriter, request *http.Request) {
		bytes, err := strconv.Atoi(request.PathValue("bytes"))
		if err != nil || bytes < 0 || bytes > len(buffer) {
			routes.Refuse(reply, "bytes is a number from 0 to 1048576")
			return
		}
		sum := sha256.Sum256(buffer[:bytes])
		routes.JSON(reply, digest{bytes, hex.EncodeToString(sum[:])})
	})
}
