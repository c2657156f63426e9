// SQLite's files with faults: the operating system's, of which a chosen operation fails. For tests.
//
//   FaultVfs files;                                           // connections opened from now on
//   files.plan().begin({.kind = Fault::Kind::power_cut, .nth = 7});
//   ...
//   files.recover();                                          // after all of them were closed
//
// One at a time in a process; it outlives every connection that was opened while it lived. What
// SQLite does with the files of a database, its journals and their shared memory comes by here; the
// shared memory's content does not: it is memory. Any thread.
#pragma once
#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <set>
#include <string>

#include "server/storage/faults/fault_disk.h"
#include "server/storage/faults/fault_plan.h"

namespace assay::storage {

class FaultVfs {
 public:
  explicit FaultVfs(std::uint64_t seed = 1);
  ~FaultVfs();
  FaultVfs(const FaultVfs&) = delete;
  FaultVfs& operator=(const FaultVfs&) = delete;

  FaultPlan& plan() { return plan_; }
  // All goes well from now on. After a power cut files are what a disk would hold of them.
  // REQUIRES: then none is open
  void recover();
  std::size_t open_files() const;

 private:
  struct File;
  struct Calls;  // what SQLite calls

  sqlite3_vfs* real_;
  sqlite3_vfs own_;
  FaultPlan plan_;
  mutable std::mutex mutex_;  // guards all below
  FaultDisk disk_;
  std::set<std::string> databases_;  // the paths of those that were opened
  std::size_t open_files_ = 0;
};

}  // namespace assay::storage
