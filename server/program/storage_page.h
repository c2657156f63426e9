// GET /__assay__/storage: what the database is doing and has done, as JSON. Not in the API's
// description.
#pragma once
#include <cstdint>

#include "server/app/app.h"

namespace assay {

// Whose counts they are: where several processes serve, each has a writer and connections of its
// own, and the one that answers tells its own.
enum class CountsOf : std::uint8_t { server, process };

void add_storage_page(App& app, CountsOf counts_of);

}  // namespace assay
