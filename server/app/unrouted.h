// What is answered where no route answers a request: 404, 405 with Allow, 422 for a parameter of
// another type than the pattern's, OPTIONS, and the way to the other trailing slash.
#pragma once
#include <cstdint>

#include "server/app/context.h"
#include "server/routing/route_tree.h"

namespace assay {

// What answers a path that has a route with one slash at its end more, or less.
enum class TrailingSlash : std::uint8_t { strict, redirect };

// REQUIRES: match.outcome is not found
void answer_unrouted(Context& context, const routing::RouteTree& tree,
                     const routing::RouteTree::Match& match, TrailingSlash trailing_slash);

}  // namespace assay
