// Whether a text is JSON to Boost.JSON: what the fuzz target holds ours against.
#pragma once
#include <string_view>

namespace assay::model {

// `undecided`: an exponent so large that Boost.JSON takes it for none.
enum class Opinion { json, no_json, undecided };
Opinion second_opinion(std::string_view text);

}  // namespace assay::model
