// The echo workload on net/http: each body is decoded into a struct and written from it. Fields are
// pointers, since encoding/json otherwise cannot tell a missing one from an empty one.
package workloads

import (
	"net/http"

	"assay.example/go/routes"
)

type small struct {
	Name        *string  `json:"name"`
	Description *string  `json:"description"`
	Price       *float64 `json:"price"`
	Tax         *float64 `json:"tax"`
}

func (body *small) Complete() bool {
	return body.Name != nil && body.Description != nil && body.Price != nil
}

type image struct {
	URL  *string `json:"url"`
	Name *string `json:"name"`
}

func (body *image) Complete() bool {
	return body.URL != nil && body.Name != nil
}

type medium struct {
	Name  *string  `json:"name"`
	Price *float64 `json:"price"`
	Image *image   `json:"image"`
}

func (body *medium) Complete() bool {
	return body.Name != nil && body.Price != nil && body.Image != nil && body.Image.Complete()
}

type country struct {
	Name *string `json:"name"`
	Code *string `json:"code"`
}

type address struct {
	Street  *string  `json:"street"`
	City    *string  `json:"city"`
	Country *country `json:"country"`
}

func (body *address) Complete() bool {
	return body.Street != nil && body.City != nil && body.Country != nil &&
		body.Country.Name != nil && body.Country.Code != nil
}

type seller struct {
	Name    *string  `json:"name"`
	Address *address `json:"address"`
}

type large struct {
	Name   *string  `json:"name"`
	Price  *float64 `json:"price"`
	Seller *seller  `json:"seller"`
}

func (body *large) Complete() bool {
	return body.Name != nil && body.Price != nil && body.Seller != nil &&
		body.Seller.Name != nil && body.Seller.Address != nil && body.Seller.Address.Complete()
}

type veryLarge struct {
	Name   *string   `json:"name"`
	Tags   []*string `json:"tags"`
	Images []image   `json:"images"`
}

func (body *veryLarge) Complete() bool {
	for _, tag := range body.Tags {
		if tag == nil {
			return false
		}
	}
	for i := range body.Images {
		if !body.Images[i].Complete() {
			return false
		}
	}
	return body.Name != nil && body.Tags != nil && body.Images != nil
}

type mediumDeclared struct {
	Name        *string  `json:"name"`
	Description *string  `json:"description"`
	Price       *float64 `json:"price"`
	Seller      *struct {
		Name  *string `json:"name"`
		Email *string `json:"email"`
	} `json:"seller"`
}

func (body *mediumDeclared) Complete() bool {
	return body.Name != nil && body.Description != nil && body.Price != nil &&
		body.Seller != nil && body.Seller.Name != nil
}

type veryLargeDeclared struct {
	Name        *string  `json:"name"`
	Description *string  `json:"description"`
	Price       *float64 `json:"price"`
	Tags        []struct {
		Name *string `json:"name"`
	} `json:"tags"`
}

func (body *veryLargeDeclared) Complete() bool {
	for _, tag := range body.Tags {
		if tag.Name == nil {
			return false
		}
	}
	return body.Name != nil && body.Description != nil && body.Price != nil && body.Tags != nil
}

type product struct {
	Name        *string  `json:"name"`
	Description *string  `json:"description"`
	Price       *float64 `json:"price"`
}

type catalogue struct {
	Name  *string   `json:"name"`
	Items []product `json:"items"`
}

func (body *catalogue) Complete() bool {
	for i := range body.Items {
		item := &body.Items[i]
		if item.Name == nil || item.Description == nil || item.Price == nil {
			return false
		}
	}
	return body.Name != nil && body.Items != nil
}

func echo(path string, made func() routes.Document) {
	routes.Mux.HandleFunc("POST "+path, func(reply http.ResponseWriter, request *http.Request) {
		body := made()
		if routes.Read(reply, request, body) {
			routes.JSON(reply, body)
		}
	})
}

func init() {
	echo("/echo/small", func() routes.Document { return &small{} })
	echo("/echo/medium", func() routes.Document { return &medium{} })
	echo("/echo/large", func() routes.Document { return &large{} })
	echo("/echo/very-large", func() routes.Document { return &veryLarge{} })
	echo("/echo/medium-declared", func() routes.Document { return &mediumDeclared{} })
	echo("/echo/very-large-declared", func() routes.Document { return &veryLargeDeclared{} })
	echo("/echo/catalogue", func() routes.Document { return &catalogue{} })
}
