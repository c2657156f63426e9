#include "server/forms/form_writer.h"

#include <algorithm>

namespace assay::forms {
namespace {

std::string escaped(std::string_view name) {
  std::string text;
  for (const char c : name) {
    switch (c) {
      case '"': text += "%22"; break;
      case '\r': text += "%0D"; break;
      case '\n': text += "%0A"; break;
      case '\\': text += "\\\\"; break;  // not as browsers do, so that it stays one of them
      default: text += c;
    }
  }
  return text;
}

std::string disposition(std::string_view name) {
  return "Content-Disposition: form-data; name=\"" + escaped(name) + '"';
}

}  // namespace

FormWriter& FormWriter::add_field(std::string_view name, std::string_view value) {
  parts_.push_back(disposition(name) + "\r\n\r\n");
  parts_.back().append(value);
  return *this;
}

FormWriter& FormWriter::add_file(std::string_view name, std::string_view filename,
                                 std::string_view content, std::string_view type) {
  std::string part = disposition(name) + "; filename=\"" + escaped(filename) + "\"\r\n";
  part.append("Content-Type: ").append(type).append("\r\n\r\n").append(content);
  parts_.push_back(std::move(part));
  return *this;
}

FormWriter::Written FormWriter::written() const {
  std::string boundary = "assay-form-0";
  const auto holds_it = [&boundary](std::string_view part) {
    return part.find(boundary) != part.npos;
  };
  for (unsigned long number = 1; std::any_of(parts_.begin(), parts_.end(), holds_it); ++number) {
    boundary = "assay-form-" + std::to_string(number);
  }
  std::string body;
  for (const std::string& part : parts_) {
    body.append("--").append(boundary).append("\r\n").append(part).append("\r\n");
  }
  body.append("--").append(boundary).append("--\r\n");
  return {"multipart/form-data; boundary=" + boundary, std::move(body)};
}

}  // namespace assay::forms
