// What Linux says in files of how a machine is set: everything that makes the same processor
// faster or slower. Any thread.
#pragma once
#include <filesystem>
#include <map>
#include <string>

namespace assay::lab {

// By name, those that are known; `root` is / of the machine. Of the kernel's command line only what
// governs speed: the rest may be nobody's business.
std::map<std::string, std::string> settings_in(const std::filesystem::path& root);

}  // namespace assay::lab
