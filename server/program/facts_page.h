// GET /__assay__: what the running server is, as every server under test says it of itself. Not in
// the API's description.
#pragma once
#include "server/app/app.h"
#include "server/runtime/settings.h"

namespace assay {

void add_facts_page(App& app, const runtime::Settings& settings);

}  // namespace assay
