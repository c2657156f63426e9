// The query workload on net/http, each value converted with strconv.
package workloads

import (
	"net/http"

	"assay.example/go/routes"
)

type few struct {
	Q     string `json:"q"`
	Page  int    `json:"page"`
	Limit int    `json:"limit"`
}

type eight struct {
	few
	Sort       string  `json:"sort"`
	Descending bool    `json:"descending"`
	MinPrice   float64 `json:"min_price"`
	MaxPrice   float64 `json:"max_price"`
	InStock    bool    `json:"in_stock"`
}

type many struct {
	Text1   string  `json:"text1"`
	Text2   string  `json:"text2"`
	Text3   string  `json:"text3"`
	Text4   string  `json:"text4"`
	Number1 int     `json:"number1"`
	Number2 int     `json:"number2"`
	Number3 int     `json:"number3"`
	Number4 int     `json:"number4"`
	Ratio1  float64 `json:"ratio1"`
	Ratio2  float64 `json:"ratio2"`
	Ratio3  float64 `json:"ratio3"`
	Ratio4  float64 `json:"ratio4"`
	Flag1   bool    `json:"flag1"`
	Flag2   bool    `json:"flag2"`
	Flag3   bool    `json:"flag3"`
	Flag4   bool    `json:"flag4"`
}

func fewOf(values *routes.Values) few {
	return few{values.Text("q"), values.Int("page"), values.Int("limit")}
}

func eightOf(values *routes.Values) eight {
	return eight{
		fewOf(values), values.Text("sort"), values.Bool("descending"),
		values.Float("min_price"), values.Float("max_price"), values.Bool("in_stock"),
	}
}

func manyOf(values *routes.Values) many {
	return many{
		values.Text("text1"), values.Text("text2"), values.Text("text3"), values.Text("text4"),
		values.Int("number1"), values.Int("number2"), values.Int("number3"), values.Int("number4"),
		values.Float("ratio1"), values.Float("ratio2"), values.Float("ratio3"), values.Float("ratio4"),
		values.Bool("flag1"), values.Bool("flag2"), values.Bool("flag3"), values.Bool("flag4"),
	}
}

func query[T any](path string, read func(*routes.Values) T) {
	routes.Mux.HandleFunc("GET "+path, func(reply http.ResponseWriter, request *http.Request) {
		values := routes.Of(request.URL.Query())
		answer := read(values)
		if values.Fault != nil {
			routes.Refuse(reply, values.Fault.Error())
			return
		}
		routes.JSON(reply, answer)
	})
}

func init() {
	query("/query/few", fewOf)
	query("/query/medium", eightOf)
	query("/query/many", manyOf)
}
