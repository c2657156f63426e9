// The body of one form, of either type, read as it arrives.
//
// Belongs to one request and one thread at a time; movable. However the body is split, the outcome
// is the same. After an error it holds nothing, takes nothing more and repeats that error. Keeps at
// most limits.field_bytes of text and limits.memory_bytes of files in memory; all that it holds,
// temporary file included, goes with it or with the FormData that it gives.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "server/forms/field_list.h"
#include "server/forms/form.h"
#include "server/forms/form_error.h"
#include "server/forms/form_limits.h"
#include "server/forms/multipart_reader.h"
#include "server/forms/upload_store.h"
#include "server/forms/urlencoded_reader.h"

namespace assay::forms {

class FormReader {
 public:
  // By the value of the request's Content-Type, empty if it has none: type_unsupported (415) for
  // what is no form, boundary_invalid (400) or charset_unsupported (415) for what cannot be read.
  static std::variant<FormReader, FormError> of(std::string_view content_type,
                                                const FormLimits& limits = {});

  // How long a body may be; who knows its length beforehand need not read a longer one.
  std::uint64_t limit() const { return limits_.total_bytes; }
  // The next piece of the body, of which nothing is kept as a view.
  std::optional<FormError> take(std::string_view piece);
  // The body is whole. REQUIRES: called once
  std::variant<FormData, FormError> finish();

 private:
  using Body = std::variant<MultipartReader, UrlencodedReader>;

  FormReader(Body body, const FormLimits& limits);
  std::optional<FormError> read(MultipartReader& reader, std::string_view bytes);
  std::optional<FormError> read(UrlencodedReader& reader, std::string_view bytes);
  std::optional<FormError> apply(const MultipartReader::Step& step, const PartHead& part);
  std::optional<FormError> end(const MultipartReader& reader);
  std::optional<FormError> end(UrlencodedReader& reader);

  void forget();

  FormLimits limits_;
  Body body_;
  FieldList fields_;
  UploadStore uploads_;
  std::uint64_t taken_bytes_ = 0;
  std::optional<FormError> error_;
};

}  // namespace assay::forms
