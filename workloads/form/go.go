// The form workload on net/http: ParseForm, then each field converted with strconv.
package workloads

import (
	"net/http"

	"assay.example/go/routes"
)

type simpleForm struct {
	Name      string `json:"name"`
	Email     string `json:"email"`
	Age       int    `json:"age"`
	Subscribe bool   `json:"subscribe"`
}

type complexForm struct {
	FirstName  string  `json:"first_name"`
	LastName   string  `json:"last_name"`
	Email      string  `json:"email"`
	Phone      string  `json:"phone"`
	Street     string  `json:"street"`
	City       string  `json:"city"`
	State      string  `json:"state"`
	Postcode   string  `json:"postcode"`
	Country    string  `json:"country"`
	Age        int     `json:"age"`
	Children   int     `json:"children"`
	Height     float64 `json:"height"`
	Weight     float64 `json:"weight"`
	Subscribe  bool    `json:"subscribe"`
	Terms      bool    `json:"terms"`
	Newsletter bool    `json:"newsletter"`
	Language   string  `json:"language"`
	Comment    string  `json:"comment"`
}

func simpleFormOf(values *routes.Values) simpleForm {
	return simpleForm{
		values.Text("name"), values.Text("email"), values.Int("age"), values.Bool("subscribe"),
	}
}

func complexFormOf(values *routes.Values) complexForm {
	return complexForm{
		values.Text("first_name"), values.Text("last_name"), values.Text("email"),
		values.Text("phone"), values.Text("street"), values.Text("city"), values.Text("state"),
		values.Text("postcode"), values.Text("country"), values.Int("age"), values.Int("children"),
		values.Float("height"), values.Float("weight"), values.Bool("subscribe"),
		values.Bool("terms"), values.Bool("newsletter"), values.Text("language"),
		values.Text("comment"),
	}
}

func form[T any](path string, read func(*routes.Values) T) {
	routes.Mux.HandleFunc("POST "+path, func(reply http.ResponseWriter, request *http.Request) {
		if err := request.ParseForm(); err != nil {
			routes.Refuse(reply, err.Error())
			return
		}
		values := routes.Of(request.PostForm)
		answer := read(values)
		if values.Fault != nil {
			routes.Refuse(reply, values.Fault.Error())
			return
		}
		routes.JSON(reply, answer)
	})
}

func init() {
	form("/form/simple", simpleFormOf)
	form("/form/complex", complexFormOf)
}
