// Text in which "%41" stands for "A" (RFC 3986, 2.1), as paths and forms have it.
//
// Pure; any thread. Decoding never refuses: an escape without two hex digits stays as it is (WHATWG
// URL, 1.3), and a decoded text may hold any byte. Who wants to refuse asks is_percent_encoded_well
// first. Decode once: what comes out may look like an escape again.
#pragma once
#include <string>
#include <string_view>

namespace assay::wire {

// Whether each "%" has its two hex digits, and none is "%00", at which a C interface stops reading.
bool is_percent_encoded_well(std::string_view text);

// Returns `text` itself if nothing in it is encoded; otherwise a view of `scratch`, valid until
// that changes. REQUIRES: text does not point into scratch
std::string_view percent_decoded(std::string_view text, std::string& scratch);

// The same for a query or a form, where "+" is a space (WHATWG URL, 5.1).
std::string_view form_decoded(std::string_view text, std::string& scratch);

// One segment of a path, or a name or value of a query: all but letters, digits and -._~ is
// encoded.
std::string percent_encoded(std::string_view text);

}  // namespace assay::wire
