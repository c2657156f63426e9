// The files of one form as they arrive: in memory while there is room in its share, then spooled.
//
// Belongs to one FormReader. A file that does not fit into what is left of the share moves to the
// spool file as a whole, and gives back what it held. REQUIRES: begin, append as often as needed,
// end; nothing more after an error.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/forms/form.h"
#include "server/forms/form_error.h"
#include "server/forms/form_limits.h"
#include "server/forms/spool_file.h"

namespace assay::forms {

struct PartHead;

class UploadStore {
 public:
  UploadStore() = default;
  UploadStore(UploadStore&&) = default;
  UploadStore& operator=(UploadStore&&) = default;

  std::optional<FormError> begin(const PartHead& head, const FormLimits& limits);
  std::optional<FormError> append(std::string_view bytes, const FormLimits& limits);
  void end();

  // Of the contents of files, this moment.
  std::size_t memory_bytes() const { return kept_bytes_ + content_.size(); }
  std::vector<UploadedPart> take() { return std::move(files_); }

 private:
  bool spool(std::string_view bytes, const FormLimits& limits);

  std::vector<UploadedPart> files_;
  std::size_t kept_bytes_ = 0;  // in memory, of the files before this one
  std::shared_ptr<SpoolFile> spool_;

  // Of the file that is arriving.
  std::string name_;
  std::string filename_;
  std::string type_;
  std::string content_;
  bool is_spooled_ = false;
  std::uint64_t spooled_from_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace assay::forms
