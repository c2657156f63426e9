// How often this thread of a test program has allocated so far: a program that links it counts.
//
// Apart from its test, so that no compiler sees only half of a pair of
// new and delete.
#pragma once
#include <cstddef>

namespace assay::storage {

std::size_t allocation_count();

}  // namespace assay::storage
