// How many connections a server may have at once. Asks the system; any thread.
#pragma once
#include <cstddef>

#include "server/runtime/settings.h"

namespace assay::runtime {

// Lets this process open as many files as the system allows it: the usual limit is 1024, far below.
void raise_file_limit();

// What the settings say, but never more than there can be files.
std::size_t connection_limit(const Settings& settings);

// Throws StartError where no file is left for even one connection.
void require_a_file();

}  // namespace assay::runtime
