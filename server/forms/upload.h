// One uploaded file: in memory if it is small, otherwise in a temporary file without a name.
//
// Movable; what it holds goes with it. Its const members may be called from several threads at
// once. Reading throws std::system_error where the disk fails; nothing else does.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "server/forms/spool_file.h"

namespace assay::forms {

class Upload {
 public:
  Upload() = default;
  // In memory. `sent_filename` is what the peer calls it, with all its folders.
  Upload(std::string_view sent_filename, std::string type, std::string content);
  // The part of a spool file. REQUIRES: first + size <= spool->size()
  Upload(std::string_view sent_filename, std::string type, std::shared_ptr<const SpoolFile> spool,
         std::uint64_t first, std::uint64_t size);
  Upload(Upload&&) = default;
  Upload& operator=(Upload&&) = default;

  // Without folders and control characters; empty if none was sent, or "." or "..". Never trust it
  // as a path: it may be the name of a file that you have.
  const std::string& filename() const { return filename_; }
  const std::string& type() const { return type_; }  // as sent; "text/plain" if it was not
  std::uint64_t size() const { return spool_ ? spooled_bytes_ : content_.size(); }
  bool is_in_memory() const { return !spool_; }
  // What a browser sends where no file was chosen.
  bool is_left_empty() const { return filename_.empty() && size() == 0; }

  // At most `count` bytes from `offset` on; fewer at the end, none beyond.
  std::string read(std::uint64_t offset, std::size_t count) const;
  // Nothing if it has more than `limit` bytes.
  std::optional<std::string> read_all(std::uint64_t limit) const;
  // Calls use(std::string_view piece) with its bytes in order; a piece ends with the call.
  template <class Use>
  void for_each_piece(Use&& use) const;

  // Writes it beside `path` and puts it in place of whatever is there: another process sees the old
  // file or all of the new one. Only its owner may read it. After an error there is no new file.
  std::error_code save_to(const std::string& path) const;

 private:
  std::string_view piece_at(std::uint64_t offset, std::string& buffer) const;

  std::string filename_;
  std::string type_;
  std::string content_;                     // where there is no spool
  std::shared_ptr<const SpoolFile> spool_;  //
  std::uint64_t spooled_from_ = 0;
  std::uint64_t spooled_bytes_ = 0;
};

template <class Use>
void Upload::for_each_piece(Use&& use) const {
  std::string buffer;
  for (std::uint64_t at = 0; at < size();) {
    const std::string_view piece = piece_at(at, buffer);
    use(piece);
    at += piece.size();
  }
}

}  // namespace assay::forms
