// The path workload on net/http. The standard library has no UUID: its form is checked by hand.
package workloads

import (
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"

	"assay.example/go/routes"
)

type named struct {
	Name string `json:"name"`
}

type userPost struct {
	User string `json:"user"`
	Post string `json:"post"`
}

type five struct {
	One   string `json:"one"`
	Two   string `json:"two"`
	Three string `json:"three"`
	Four  string `json:"four"`
	Five  string `json:"five"`
}

type numbered struct {
	ID int `json:"id"`
}

type identified struct {
	ID string `json:"id"`
}

type dated struct {
	Day string `json:"day"`
}

func isUUID(text string) bool {
	if len(text) != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-' {
		return false
	}
	bytes, err := hex.DecodeString(strings.ReplaceAll(text, "-", ""))
	return err == nil && len(bytes) == 16
}

func init() {
	mux := routes.Mux
	mux.HandleFunc("GET /path/simple/{name}", func(reply http.ResponseWriter, r *http.Request) {
		routes.JSON(reply, named{r.PathValue("name")})
	})
	mux.HandleFunc("GET /path/multiple/{user}/{post}", func(reply http.ResponseWriter, r *http.Request) {
		routes.JSON(reply, userPost{r.PathValue("user"), r.PathValue("post")})
	})
	mux.HandleFunc("GET /path/deep/{one}/{two}/{three}/{four}/{five}",
		func(reply http.ResponseWriter, r *http.Request) {
			routes.JSON(reply, five{r.PathValue("one"), r.PathValue("two"), r.PathValue("three"),
				r.PathValue("four"), r.PathValue("five")})
		})
	mux.HandleFunc("GET /path/int/{id}", func(reply http.ResponseWriter, r *http.Request) {
		id, err := strconv.Atoi(r.PathValue("id"))
		if err != nil {
			routes.Refuse(reply, err.Error())
			return
		}
		routes.JSON(reply, numbered{id})
	})
	mux.HandleFunc("GET /path/uuid/{id}", func(reply http.ResponseWriter, r *http.Request) {
		id := r.PathValue("id")
		if !isUUID(id) {
			routes.Refuse(reply, "id is not a UUID")
			return
		}
		routes.JSON(reply, identified{strings.ToLower(id)})
	})
	mux.HandleFunc("GET /path/date/{day}", func(reply http.ResponseWriter, r *http.Request) {
		day, err := time.Parse(time.DateOnly, r.PathValue("day"))
		if err != nil {
			routes.Refuse(reply, err.Error())
			return
		}
		routes.JSON(reply, dated{day.Format(time.DateOnly)})
	})
}
