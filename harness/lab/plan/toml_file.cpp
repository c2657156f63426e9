#include "harness/lab/plan/toml_file.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace assay::lab {

Result<TomlFile> TomlFile::read(const std::filesystem::path& path) {
  TomlFile file;
  file.path_ = path;
  try {
    file.table_ = toml::parse_file(path.string());
  } catch (const toml::parse_error& error) {
    return LabError::bad_file(
        path.string(), fmt::format("line {}: {}", error.source().begin.line, error.description()));
  }
  return file;
}

std::optional<LabError> TomlFile::error() const {
  if (!fault_) return std::nullopt;
  return LabError::bad_file(path_.string(), *fault_);
}

void TomlTable::fault(std::string_view key, std::string_view what) {
  if (!fault_) fault_ = fmt::format("{}{}{} {}", name_, name_.empty() ? "" : ".", key, what);
}

const toml::node* TomlTable::node(std::string_view key, bool required) {
  const toml::node* found = table_.get(key);
  if (found == nullptr && required) fault(key, "is missing");
  return found;
}

std::string TomlTable::text(std::string_view key) {
  const toml::node* found = node(key, true);
  if (found != nullptr && !found->is_string()) fault(key, "should be text");
  return found == nullptr ? "" : found->value_or(std::string());
}

std::string TomlTable::text(std::string_view key, std::string_view otherwise) {
  return table_.contains(key) ? text(key) : std::string(otherwise);
}

std::int64_t TomlTable::integer(std::string_view key, std::int64_t least, std::int64_t most) {
  const toml::node* found = node(key, true);
  if (found == nullptr) return least;
  const auto value = found->value<std::int64_t>();
  if (!found->is_integer() || *value < least || *value > most) {
    fault(key, fmt::format("should be an integer from {} to {}", least, most));
    return least;
  }
  return *value;
}

std::vector<int> TomlTable::integers(std::string_view key, int least, int most) {
  const toml::node* found = node(key, true);
  std::vector<int> values;
  if (found == nullptr) return values;
  const auto add = [&](const toml::node& each) {
    const auto value = each.value<std::int64_t>();
    const bool good = each.is_integer() && *value >= least && *value <= most;
    if (!good) fault(key, fmt::format("should be integers from {} to {}", least, most));
    values.push_back(good ? static_cast<int>(*value) : least);
  };
  if (const toml::array* list = found->as_array()) {
    if (list->empty()) fault(key, "is empty");
    for (const toml::node& each : *list) add(each);
  } else {
    add(*found);
  }
  return values;
}

void TomlTable::planned(std::string_view key, const std::string& name,
                        const std::vector<std::string>& names) {
  if (std::find(names.begin(), names.end(), name) != names.end()) return;
  fault(key, "names " + name + ", which the plan does not");
}

double TomlTable::seconds(std::string_view key) {
  const toml::node* found = node(key, true);
  const double value = found == nullptr ? 0 : found->value_or(-1.0);
  if (found != nullptr && !(value >= 0 && value <= 3600))
    fault(key, "should be from 0 to 3600 seconds");
  return value;
}

double TomlTable::number(std::string_view key) {
  const toml::node* found = node(key, true);
  const double value = found == nullptr ? 1 : found->value_or(-1.0);
  if (!(value > 0 && value <= 1e6)) fault(key, "should be a number above 0");
  return value;
}

bool TomlTable::flag(std::string_view key, bool otherwise) {
  const toml::node* found = node(key, false);
  if (found != nullptr && !found->is_boolean()) fault(key, "should be true or false");
  return found == nullptr ? otherwise : found->value_or(otherwise);
}

std::vector<std::string> TomlTable::texts(std::string_view key) {
  const toml::node* found = node(key, true);
  std::vector<std::string> values;
  if (found == nullptr) return values;
  const toml::array* array = found->as_array();
  if (array == nullptr || !std::all_of(array->begin(), array->end(),
                                       [](const toml::node& each) { return each.is_string(); })) {
    fault(key, "should be a list of texts");
    return values;
  }
  for (const toml::node& each : *array) values.push_back(each.value_or(std::string()));
  return values;
}

std::optional<TomlTable> TomlTable::table(std::string_view key) {
  const toml::node* found = node(key, false);
  if (found == nullptr) return std::nullopt;
  if (!found->is_table()) {
    fault(key, "should be a table");
    return std::nullopt;
  }
  return TomlTable(*found->as_table(), (name_.empty() ? "" : name_ + ".") + std::string(key),
                   fault_);
}

TomlTable TomlTable::required_table(std::string_view key) {
  static const toml::table nothing;
  node(key, true);
  auto found = table(key);
  return found ? *found : TomlTable(nothing, std::string(key), fault_);
}

std::vector<TomlTable> TomlTable::tables(std::string_view key) {
  std::vector<TomlTable> found;
  const toml::node* list = node(key, true);
  if (list == nullptr) return found;
  if (!list->is_array_of_tables()) {
    fault(key, "should be a list of tables");
    return found;
  }
  for (const toml::node& each : *list->as_array()) {
    found.emplace_back(*each.as_table(), fmt::format("{}[{}]", key, found.size()), fault_);
  }
  return found;
}

std::vector<TomlTable> TomlTable::one_or_more(std::string_view key) {
  const toml::node* found = node(key, false);
  if (found == nullptr) return {};
  if (found->is_table()) return {*table(key)};
  return tables(key);
}

std::vector<std::pair<std::string, TomlTable>> TomlTable::members() {
  std::vector<std::pair<toml::source_position, std::string>> names;  // the library sorts by name
  for (const auto& [key, value] : table_) names.emplace_back(key.source().begin, key.str());
  std::sort(names.begin(), names.end());
  std::vector<std::pair<std::string, TomlTable>> found;
  for (const auto& [place, name] : names) {
    if (const auto inner = table(name)) found.emplace_back(name, *inner);
  }
  return found;
}

std::vector<std::pair<std::string, std::string>> TomlTable::text_members() {
  std::vector<std::pair<std::string, std::string>> found;
  for (const auto& [key, value] : table_) found.emplace_back(key.str(), text(key.str()));
  return found;
}

void TomlTable::only(std::initializer_list<std::string_view> keys) {
  for (const auto& [key, value] : table_) {
    if (std::find(keys.begin(), keys.end(), key.str()) == keys.end()) {
      fault(key.str(), fmt::format("is not known here; there are: {}", fmt::join(keys, ", ")));
    }
  }
}

}  // namespace assay::lab
