// The upload workload on net/http: FormFile, which keeps up to 32 MiB in memory.
package workloads

import (
	"hash/crc32"
	"io"
	"net/http"

	"assay.example/go/routes"
)

type uploaded struct {
	Title    string `json:"title"`
	Filename string `json:"filename"`
	Bytes    int64  `json:"bytes"`
	CRC32    uint32 `json:"crc32"`
}

func init() {
	routes.Mux.HandleFunc("POST /upload", func(reply http.ResponseWriter, request *http.Request) {
		file, head, err := request.FormFile("file")
		if err != nil {
			routes.Refuse(reply, err.Error())
			return
		}
		defer file.Close()
		sum := crc32.NewIEEE()
		bytes, err := io.Copy(sum, file)
		if err != nil {
			routes.Refuse(reply, err.Error())
			return
		}
		routes.JSON(reply, uploaded{request.FormValue("title"), head.Filename, bytes, sum.Sum32()})
	})
}
