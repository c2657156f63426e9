// Lays the states of all routes out for speed: tables of literals, edges of several segments, and
// what each end of a path answers, ready made. Runs once, at start.
#pragma once
#include <cstddef>

#include "server/routing/pattern_trie.h"
#include "server/routing/segment_machine.h"

namespace assay::routing {

SegmentMachine machine_of(const PatternTrie& trie,
                          std::size_t transitions);  // throws TooManyOverlaps

}  // namespace assay::routing
