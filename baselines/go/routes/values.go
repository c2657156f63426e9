package routes

import (
	"net/url"
	"strconv"
)

// Values converts the texts of a query or a form and keeps the first fault, so that a handler reads
// all that it wants and looks once. A value that is not there is a fault.
type Values struct {
	texts url.Values
	Fault error
}

// Of returns the values of a query or a form.
func Of(texts url.Values) *Values {
	return &Values{texts: texts}
}

type missing string

func (name missing) Error() string { return string(name) + " is missing" }

// Text returns a value as it came.
func (values *Values) Text(name string) string {
	if !values.texts.Has(name) {
		values.keep(missing(name))
	}
	return values.texts.Get(name)
}

// Int returns a whole number.
func (values *Values) Int(name string) int {
	number, err := strconv.Atoi(values.Text(name))
	values.keep(err)
	return number
}

// Float returns a number.
func (values *Values) Float(name string) float64 {
	number, err := strconv.ParseFloat(values.Text(name), 64)
	values.keep(err)
	return number
}

// Bool returns true or false.
func (values *Values) Bool(name string) bool {
	truth, err := strconv.ParseBool(values.Text(name))
	values.keep(err)
	return truth
}

func (values *Values) keep(fault error) {
	if values.Fault == nil {
		values.Fault = fault
	}
}
