// Which of a database's file operations fails, and how: for tests of what storage promises.
//
//   FaultPlan plan;
//   plan.begin({.kind = Fault::Kind::disk_full, .nth = 3});   // the third write, and no other
//   if (const Blow blow = plan.next(FileOperation::write); blow != Blow::none) ...
//
// Any thread. Counts only what the fault could hit, so that a test that tries the first, the second
// and so on until none was hit has tried all there are.
#pragma once
#include <cstdint>
#include <mutex>
#include <optional>

namespace assay::storage {

enum class FileOperation : std::uint8_t {
  open,
  read,
  write,
  sync,
  truncate,
  size,
  lock,  // taking one; giving it back never fails
  shared_memory,
  remove,
  access,
};

struct Fault {
  enum class Kind : std::uint8_t {
    failure,      // nothing is done, and an error comes back
    disk_full,    // of writes
    short_write,  // half of the bytes reach the file
    power_cut,    // of what changes files; and nothing is done ever after
  };
  Kind kind = Kind::failure;
  std::uint64_t nth = 1;  // from 1
  bool lasts = false;     // and all after it, until `mend`
  std::optional<FileOperation> only{};
};

enum class Blow : std::uint8_t { none, failure, disk_full, half };

class FaultPlan {
 public:
  void begin(const Fault& fault);
  // Files may grow by so much, and then there is no room.
  void begin_with_room(std::int64_t bytes);
  void mend();  // all goes well from now on

  // What is to be done to this operation.
  Blow next(FileOperation operation);
  // The same for one by which a file becomes larger, or smaller.
  Blow grow(std::int64_t bytes);

  bool has_hit() const;     // since the last `begin`
  bool is_cut_off() const;  // the power went

 private:
  Blow hit();

  mutable std::mutex mutex_;  // guards all below
  std::optional<Fault> fault_;
  std::uint64_t counted_ = 0;
  std::optional<std::int64_t> room_bytes_;
  bool has_hit_ = false;
  bool is_cut_off_ = false;
};

}  // namespace assay::storage
