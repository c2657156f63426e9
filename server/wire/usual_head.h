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

// The length of the head at the start of `bytes`. 0: it is not whole, or not usual, and `head` is
// as it was. REQUIRES: an empty head
std::size_t read_usual_head(std::string_view bytes, RequestHead& head);

}  // namespace assay::wire
