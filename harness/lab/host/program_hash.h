// SHA-256 of what a command starts, so that a server that was built or installed anew in the middle
// of a run is not taken for the old one.
//
// Reads the files each time: one that was swapped may keep its path, size and time. That takes a
// few milliseconds for 10 MB. Any thread.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace assay::lab {

// Of a command as it is run in `folder`: of its program, and of each word before the first option
// that names a file there: the script of an interpreter, the program of a launcher. For one file,
// that file's own hash. Not of the modules that a script imports. Empty when the program cannot be
// read.
std::string program_sha256(const std::vector<std::string>& command,
                           const std::filesystem::path& folder);

}  // namespace assay::lab
