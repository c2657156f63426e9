#include "server/storage/faults/fault_disk.h"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <fstream>
#include <ios>
#include <iterator>
#include <utility>

namespace assay::storage {
namespace {

constexpr std::size_t sector_bytes = 512;

}  // namespace

void FaultDisk::opened(const std::string& path) {
  const auto known = files_.find(path);
  if (known != files_.end() && !known->second.is_removed) return;
  std::ifstream there(path, std::ios::binary);
  File file;
  if (known != files_.end()) file.former = std::make_shared<File>(std::move(known->second));
  file.bytes = {std::istreambuf_iterator<char>(there), std::istreambuf_iterator<char>()};
  file.is_listed = !file.bytes.empty();
  files_[path] = std::move(file);
}

void FaultDisk::wrote(const std::string& path, std::int64_t offset, std::string_view bytes) {
  files_[path].unsure.push_back({offset, std::string(bytes)});
}

void FaultDisk::truncated(const std::string& path, std::int64_t size) {
  files_[path].unsure.push_back({size, {}, true});
}

void FaultDisk::synced(const std::string& path) {
  File& file = files_[path];
  for (const Change& change : file.unsure) apply(file, change);
  file.unsure.clear();
  if (file.is_listed) return;
  file.is_listed = true;
  for (auto& [other, each] : files_) each.former.reset();
  std::erase_if(files_, [](const auto& other) { return other.second.is_removed; });
}

void FaultDisk::failed_to_sync(const std::string& path) { apply_by_chance(files_[path]); }

void FaultDisk::removed(const std::string& path, bool folder_is_synced) {
  const auto known = files_.find(path);
  if (known == files_.end()) return;
  if (folder_is_synced) {
    files_.erase(known);
  } else if (known->second.former) {
    known->second = File(*known->second.former);
  } else {
    known->second.is_removed = true;
  }
}

void FaultDisk::apply(File& file, const Change& change) {
  const auto begin = static_cast<std::size_t>(change.offset);
  if (change.is_truncation) {
    file.bytes.resize(begin);
    return;
  }
  file.bytes.resize(std::max(file.bytes.size(), begin + change.bytes.size()));
  file.bytes.replace(begin, change.bytes.size(), change.bytes);
}

void FaultDisk::apply_by_chance(File& file) {
  for (const Change& change : std::exchange(file.unsure, {})) {
    if (change.is_truncation) {
      if (by_chance()) apply(file, change);
      continue;
    }
    for (std::size_t begin = 0; begin < change.bytes.size();) {
      const std::size_t place = static_cast<std::size_t>(change.offset) + begin;
      const std::size_t length = sector_bytes - place % sector_bytes;
      if (by_chance()) {
        apply(file, {static_cast<std::int64_t>(place), change.bytes.substr(begin, length)});
      }
      begin += length;
    }
  }
}

void FaultDisk::come_back() {
  for (auto& [path, file] : files_) {
    apply_by_chance(file);
    leave(path, file);
  }
  files_.clear();
}

void FaultDisk::leave(const std::string& path, File& file) {
  const bool is_sure = file.is_listed && !file.is_removed;
  if (!is_sure && file.former && by_chance()) {
    apply_by_chance(*file.former);
    std::ofstream(path, std::ios::binary | std::ios::trunc) << file.former->bytes;
  } else if (is_sure || by_chance()) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << file.bytes;
  } else {
    std::remove(path.c_str());
  }
}

}  // namespace assay::storage
