#include "server/forms/upload_store.h"

#include <utility>

#include "server/forms/part_head.h"

namespace assay::forms {

std::optional<FormError> UploadStore::begin(const PartHead& head, const FormLimits& limits) {
  if (files_.size() >= limits.files) return FormError::too_many_files;
  name_ = head.name;
  filename_ = head.filename.value_or("");
  type_ = head.type;
  content_.clear();
  is_spooled_ = false;
  bytes_ = 0;
  return std::nullopt;
}

std::optional<FormError> UploadStore::append(std::string_view bytes, const FormLimits& limits) {
  if (bytes.size() > limits.file_bytes - bytes_) return FormError::file_too_large;
  bytes_ += bytes.size();
  if (!is_spooled_ && bytes.size() <= limits.memory_bytes - memory_bytes()) {
    content_.append(bytes);
    return std::nullopt;
  }
  if (!spool(bytes, limits)) return FormError::no_room;
  return std::nullopt;
}

// Parts come one after another, so that what a file has in the spool is in one piece.
bool UploadStore::spool(std::string_view bytes, const FormLimits& limits) {
  if (!spool_) spool_ = SpoolFile::open(limits.spool_directory);
  if (!spool_) return false;
  if (!is_spooled_) {
    spooled_from_ = spool_->size();
    if (!spool_->append(content_)) return false;
    std::string().swap(content_);  // clear() would keep its memory
    is_spooled_ = true;
  }
  return spool_->append(bytes);
}

void UploadStore::end() {
  if (is_spooled_) {
    files_.push_back({std::move(name_), Upload(filename_, type_, spool_, spooled_from_, bytes_)});
    return;
  }
  kept_bytes_ += content_.size();
  files_.push_back({std::move(name_), Upload(filename_, type_, std::exchange(content_, {}))});
}

}  // namespace assay::forms
