#include "server/model/rules.h"

#include <cmath>

namespace assay::model {

void append_word(std::string& out, std::string_view word, std::string_view json) {
  out += ",\"";
  out += word;
  out += "\":";
  out += json;
}

void append_choices(std::string& out, const std::vector<std::string>& json) {
  std::string list;
  for (const std::string& choice : json) list += (list.empty() ? "[" : ",") + choice;
  append_word(out, "enum", list + "]");
}

bool is_multiple(double value, double step) {
  const double rest = std::remainder(value, step);
  return std::abs(rest) <= std::abs(value) / 1e9;
}

}  // namespace assay::model
