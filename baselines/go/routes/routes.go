// Package routes is what the workloads share: the mux that they add their handlers to, and how a
// document is read and a typed reply written with encoding/json.
package routes

import (
	"encoding/json"
	"io"
	"net/http"
)

// Mux has the routes of every workload once the package of the workloads is imported.
var Mux = http.NewServeMux()

// Document is a body that can say whether all that it must have was there: encoding/json itself
// takes a missing field for an empty one.
type Document interface {
	Complete() bool
}

// Text writes a plain reply.
func Text(reply http.ResponseWriter, text string) {
	reply.Header().Set("Content-Type", "text/plain; charset=utf-8")
	io.WriteString(reply, text)
}

// JSON writes a typed reply.
func JSON(reply http.ResponseWriter, value any) {
	body, err := json.Marshal(value)
	if err != nil {
		http.Error(reply, err.Error(), http.StatusInternalServerError)
		return
	}
	reply.Header().Set("Content-Type", "application/json")
	reply.Write(body)
}

// Refuse answers that the request does not fit its type.
func Refuse(reply http.ResponseWriter, reason string) {
	http.Error(reply, reason, http.StatusUnprocessableEntity)
}

// Read reads a request's body into a document; false: it did not fit, and the client was told.
func Read(reply http.ResponseWriter, request *http.Request, document Document) bool {
	decoder := json.NewDecoder(request.Body)
	if err := decoder.Decode(document); err != nil {
		Refuse(reply, err.Error())
		return false
	}
	if _, err := decoder.Token(); err != io.EOF {
		Refuse(reply, "something follows the document")
		return false
	}
	if !document.Complete() {
		Refuse(reply, "a field is missing")
		return false
	}
	return true
}
