// Reads, in one pass, a head that is written the way nearly all of them are.
//
// Pure; any thread. It judges nothing: a head in which anything is unusual is left to the strict
// parser, which would have taken all that is taken here and read it the same (head_fuzz holds it to
// that). `head` points into `bytes`.
#pragma once
#include <cstddef>
#include <string_view>

#include "server/wire/request.h"

namespace assay::wire {

// The length of the request line at the start of `bytes`, with its end of line; of `head` all but
// its fields is set. 0: it is not whole, or not usual.
std::size_t read_usual_line(std::string_view bytes, RequestHead& head);

// The length of the fields at the start of `bytes`, through the empty line. 0: they are not whole,
// or not usual, and `head` has none. REQUIRES: a head without fields
std::size_t read_usual_fields(std::string_view bytes, RequestHead& head);

}  // namespace assay::wire
