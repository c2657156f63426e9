#include "server/forms/upload.h"

#include <algorithm>
#include <utility>

#include "server/forms/new_file.h"
#include "server/wire/characters.h"

namespace assay::forms {
namespace {

constexpr std::size_t piece_bytes = 64 * 1024;

std::string base_name(std::string_view sent) {
  const std::size_t separator = sent.find_last_of("/\\");
  if (separator != sent.npos) sent.remove_prefix(separator + 1);
  std::string name(sent);
  name.erase(std::remove_if(name.begin(), name.end(), wire::is_control), name.end());
  return name == "." || name == ".." ? "" : name;
}

}  // namespace

Upload::Upload(std::string_view sent_filename, std::string type, std::string content)
    : filename_(base_name(sent_filename)), type_(std::move(type)), content_(std::move(content)) {}

Upload::Upload(std::string_view sent_filename, std::string type,
               std::shared_ptr<const SpoolFile> spool, std::uint64_t first, std::uint64_t size)
    : filename_(base_name(sent_filename)),
      type_(std::move(type)),
      spool_(std::move(spool)),
      spooled_from_(first),
      spooled_bytes_(size) {}

std::string Upload::read(std::uint64_t offset, std::size_t count) const {
  if (offset >= size()) return {};
  const auto there = static_cast<std::size_t>(std::min<std::uint64_t>(count, size() - offset));
  if (!spool_) return content_.substr(static_cast<std::size_t>(offset), there);
  std::string bytes(there, '\0');
  spool_->read(spooled_from_ + offset, bytes.data(), there);
  return bytes;
}

std::optional<std::string> Upload::read_all(std::uint64_t limit) const {
  if (size() > limit) return std::nullopt;
  return read(0, static_cast<std::size_t>(size()));
}

std::string_view Upload::piece_at(std::uint64_t offset, std::string& buffer) const {
  if (!spool_) return std::string_view(content_).substr(static_cast<std::size_t>(offset));
  const std::uint64_t left = size() - offset;
  buffer.resize(static_cast<std::size_t>(std::min<std::uint64_t>(left, piece_bytes)));
  spool_->read(spooled_from_ + offset, buffer.data(), buffer.size());
  return buffer;
}

std::error_code Upload::save_to(const std::string& path) const {
  NewFile file(path);
  for_each_piece([&file](std::string_view piece) { file.append(piece); });
  return file.put_in_place();
}

}  // namespace assay::forms
