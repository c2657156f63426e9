// The body of a multipart/form-data request, for clients and tests: what FormReader reads back.
//
// Holds all of it in memory; one thread. Names are written as browsers write them (WHATWG HTML,
// 4.10.21.8), in which "%22" and a quotation mark look alike.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace assay::forms {

class FormWriter {
 public:
  struct Written {
    std::string content_type;
    std::string body;
  };

  FormWriter& add_field(std::string_view name, std::string_view value);
  FormWriter& add_file(std::string_view name, std::string_view filename, std::string_view content,
                       std::string_view type = "application/octet-stream");

  // The boundary occurs nowhere in the parts, and is the same for the same parts.
  Written written() const;

 private:
  std::vector<std::string> parts_;  // each with its head
};

}  // namespace assay::forms
