#include "server/forms/form_reader.h"

#include <cstddef>
#include <string>
#include <utility>

#include "server/forms/media_type.h"
#include "server/forms/parameters.h"
#include "server/wire/characters.h"
#include "server/wire/request.h"

namespace assay::forms {
namespace {

// What cannot be read as a type may still show that its boundary is what is wrong.
FormError error_of_malformed(std::string_view content_type) {
  const std::string_view type = wire::trimmed(content_type.substr(0, content_type.find(';')));
  const bool is_multipart = wire::same_name(type, "multipart/form-data");
  return is_multipart ? FormError::boundary_invalid : FormError::type_unsupported;
}

}  // namespace

std::variant<FormReader, FormError> FormReader::of(std::string_view content_type,
                                                   const FormLimits& limits) {
  const std::optional<MediaType> media = MediaType::parse(content_type);
  if (!media) return error_of_malformed(content_type);
  if (is(*media, "multipart/form-data")) {
    const std::optional<std::string> boundary = media->parameter("boundary");
    if (!boundary || !is_boundary(*boundary)) return FormError::boundary_invalid;
    return FormReader(MultipartReader(*boundary), limits);
  }
  if (!is(*media, "application/x-www-form-urlencoded")) return FormError::type_unsupported;
  if (!wire::same_name(media->parameter("charset").value_or("utf-8"), "utf-8")) {
    return FormError::charset_unsupported;
  }
  return FormReader(UrlencodedReader(), limits);
}

FormReader::FormReader(Body body, const FormLimits& limits)
    : limits_(limits), body_(std::move(body)) {}

// Bytes up to the limit are read before one beyond it is refused: what is wrong with them is said
// however the body is split.
std::optional<FormError> FormReader::take(std::string_view piece) {
  if (error_) return error_;
  const std::uint64_t left = limits_.total_bytes - taken_bytes_;
  const bool fits = piece.size() <= left;
  if (!fits) piece = piece.substr(0, static_cast<std::size_t>(left));
  taken_bytes_ += piece.size();
  error_ = std::visit([&](auto& body) { return read(body, piece); }, body_);
  if (!error_ && !fits) error_ = FormError::form_too_large;
  if (error_) forget();
  return error_;
}

// The rest of the body may be long in coming.
void FormReader::forget() {
  fields_ = {};
  uploads_ = {};
}

std::optional<FormError> FormReader::read(UrlencodedReader& reader, std::string_view bytes) {
  return reader.take(bytes, fields_, limits_);
}

std::optional<FormError> FormReader::read(MultipartReader& reader, std::string_view bytes) {
  using Event = MultipartReader::Event;
  for (;;) {
    const MultipartReader::Step step = reader.next(bytes, limits_);
    if (step.event == Event::more) return std::nullopt;
    if (const auto error = apply(step, reader.part())) return error;
  }
}

std::optional<FormError> FormReader::apply(const MultipartReader::Step& step,
                                           const PartHead& part) {
  using Event = MultipartReader::Event;
  const bool is_file = part.filename.has_value();
  switch (step.event) {
    case Event::part:
      return is_file ? uploads_.begin(part, limits_) : fields_.begin(part.name, limits_);
    case Event::content:
      return is_file ? uploads_.append(step.content, limits_)
                     : fields_.append(step.content, limits_);
    case Event::part_end:
      if (!is_file) return fields_.end();
      uploads_.end();
      return std::nullopt;
    case Event::error: return step.error;
    case Event::more: break;
  }
  return std::nullopt;
}

std::variant<FormData, FormError> FormReader::finish() {
  if (!error_) error_ = std::visit([this](auto& body) { return end(body); }, body_);
  if (error_) return *error_;
  return FormData{fields_.take(), uploads_.take()};
}

std::optional<FormError> FormReader::end(UrlencodedReader& reader) {
  return reader.end(fields_, limits_);
}

std::optional<FormError> FormReader::end(const MultipartReader& reader) {
  if (!reader.is_whole()) return FormError::unfinished;
  return std::nullopt;
}

}  // namespace assay::forms
