// The file behind ":memory:": a database in the memory file system, as SQLite's own databases in
// memory have neither WAL nor readers beside a writer, nor can two processes see one.
//
// Gone with the object, in the process that made it: a forked child uses the same file and leaves
// it. What processes left that were killed is removed when the next one is made.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <string>

namespace assay::storage {

class ScratchFile {
 public:
  ScratchFile();  // throws StorageError::cannot_open
  ~ScratchFile();
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;

  std::string path() const { return folder_ / "database"; }

 private:
  pid_t owner_;
  std::filesystem::path folder_;  // holds the database, what SQLite puts beside it, and the lock
  int lock_ = -1;                 // held by this process, and by all that it forked
};

// Where files live in memory, or at least for no longer than the system runs.
std::filesystem::path scratch_place();

}  // namespace assay::storage
