// What a disk would hold if the power went now: of each file, all that was synced, and of the rest
// some sectors and not others, in any order, as disks do.
//
// As a file system that lists a file once it is synced (as SQLite sees to, by a sync of the
// folder), and that may bring back one that was removed until the folder is synced. A sync that
// fails leaves each sector written or lost, and no later one makes up for it: that is what Linux
// does. One thread at a time.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace assay::storage {

class FaultDisk {
 public:
  explicit FaultDisk(std::uint64_t seed) : chance_(seed) {}

  // One that was there before is known from now on with what is in it, as if it were synced.
  void opened(const std::string& path);
  void wrote(const std::string& path, std::int64_t offset, std::string_view bytes);
  void truncated(const std::string& path, std::int64_t size);
  void synced(const std::string& path);
  void failed_to_sync(const std::string& path);
  void removed(const std::string& path, bool folder_is_synced);

  // The power went, and is back: every file becomes what the disk holds of it.
  // REQUIRES: nobody has one open
  void come_back();

 private:
  struct Change {
    std::int64_t offset = 0;
    std::string bytes;
    bool is_truncation = false;  // to `offset`
  };
  struct File {
    std::string bytes;  // what is sure
    std::vector<Change> unsure;
    bool is_listed = false;
    bool is_removed = false;
    std::shared_ptr<File> former;  // of this name, and removed, but still what the folder lists
  };

  bool by_chance() { return chance_() % 2 == 0; }
  static void apply(File& file, const Change& change);
  void apply_by_chance(File& file);
  void leave(const std::string& path, File& file);

  std::mt19937_64 chance_;
  std::map<std::string, File> files_;
};

}  // namespace assay::storage
