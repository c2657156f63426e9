// Where a run that was named on the command line lies.
#pragma once
#include <filesystem>
#include <string>

#include "harness/lab/lab_error.h"

namespace assay::lab {

// The result.json of `named`: that file itself, its folder, or the run of that name of any host in
// `hosts`.
Result<std::filesystem::path> result_of(const std::string& named,
                                        const std::filesystem::path& hosts);

}  // namespace assay::lab
