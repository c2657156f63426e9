// What servers said while a run went on: one file at a time beside the journal, which is put into
// the folder `logs` under a name of its own where a reader may want it.
#pragma once
#include <filesystem>
#include <string>

namespace assay::lab {

// As `logs`/name, beside what it was. What cannot be moved stays, and is written over.
void keep_log(const std::filesystem::path& log, const std::string& name);
void drop_log(const std::filesystem::path& log);

}  // namespace assay::lab
