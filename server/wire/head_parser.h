// The request line and header fields of one request, by our own subclass of Beast's parser.
//
// Pure; any thread. `head` points into `bytes`, which must hold one whole head, blank line
// included, and no line that starts with a blank (see Connection::head_length). Beast judges the
// characters; what it leaves open is judged in head_rules.h.
#pragma once
#include <string_view>

#include "server/wire/refusal.h"
#include "server/wire/request.h"

namespace assay::wire {

Refusal parse_head(std::string_view bytes, RequestHead& head);

}  // namespace assay::wire
