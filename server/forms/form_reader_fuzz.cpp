// Any body, as a form of either type, however it is split: the same fields, files or error.
//
// The first byte of the input picks the type, the limits and the size of the pieces; the rest is
// the body. What is read from a multipart body is also written and read again: it must be the same.
#include "server/forms/form_reader.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>

#include "server/forms/form_outcome.h"
#include "server/forms/form_writer.h"

namespace {

using assay::forms::FormData;
using assay::forms::FormField;
using assay::forms::FormLimits;
using assay::forms::FormReader;
using assay::forms::FormWriter;
using assay::forms::outcome;
using assay::forms::pieces_of;
using assay::forms::UploadedPart;

// So small that the inputs reach them.
FormLimits narrow() {
  FormLimits limits;
  limits.fields = 3;
  limits.field_bytes = 24;
  limits.files = 2;
  limits.file_bytes = 48;
  limits.total_bytes = 600;
  limits.part_head_bytes = 160;
  limits.part_head_fields = 3;
  limits.margin_bytes = 16;
  limits.memory_bytes = 16;
  return limits;
}

void require(bool promise) {
  if (!promise) std::abort();
}

void write_and_read_again(std::string_view content_type, std::string_view body,
                          const FormLimits& limits) {
  auto reader = FormReader::of(content_type, limits);
  if (std::get<FormReader>(reader).take(body)) return;
  const auto read = std::get<FormReader>(reader).finish();
  const auto* const form = std::get_if<FormData>(&read);
  if (form == nullptr) return;
  FormWriter writer;
  for (const FormField& field : form->fields) writer.add_field(field.name, field.value);
  for (const UploadedPart& part : form->files) {
    writer.add_file(part.name, part.file.filename(), part.file.read(0, body.size()),
                    part.file.type());
  }
  const auto [type, text] = writer.written();
  require(outcome(type, {text}, {}) == shown(*form));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
  const bool is_multipart = (data[0] & 1U) != 0;
  const FormLimits limits = (data[0] & 2U) != 0 ? narrow() : FormLimits{};
  const std::size_t piece_bytes = std::size_t{2} + data[0] / 4;
  const std::string_view type =
      is_multipart ? "multipart/form-data; boundary=ab" : "application/x-www-form-urlencoded";
  const std::string whole = outcome(type, {body}, limits);
  require(whole == outcome(type, pieces_of(body, 1), limits));
  require(whole == outcome(type, pieces_of(body, piece_bytes), limits));
  if (is_multipart) write_and_read_again(type, body, limits);
  return 0;
}
