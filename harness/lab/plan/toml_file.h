// A TOML file of ours, read with checks: a missing key, a wrong type or an unknown key is a
// LabError that names the file and the key. Belongs to one reader.
#pragma once
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include "harness/lab/lab_error.h"

namespace assay::lab {

// One table of a file. Each getter returns its default once something was wrong; the first fault is
// kept and shared by all tables of the file, so that a reader reads on and asks once at the end.
class TomlTable {
 public:
  TomlTable(const toml::table& table, std::string name, std::optional<std::string>& fault)
      : table_(table), name_(std::move(name)), fault_(fault) {}

  bool has(std::string_view key) const { return table_.contains(key); }
  bool is_text(std::string_view key) const { return table_[key].is_string(); }
  std::string text(std::string_view key);  // required
  std::string text(std::string_view key, std::string_view otherwise);
  std::int64_t integer(std::string_view key, std::int64_t least, std::int64_t most);
  // One, or a list of one or more.
  std::vector<int> integers(std::string_view key, int least, int most);
  double seconds(std::string_view key);  // from 0 to 3600
  double number(std::string_view key);   // above 0
  bool flag(std::string_view key, bool otherwise);
  std::vector<std::string> texts(std::string_view key);
  std::optional<TomlTable> table(std::string_view key);  // nothing when it is absent
  TomlTable required_table(std::string_view key);
  std::vector<TomlTable> tables(std::string_view key);       // of an array
  std::vector<TomlTable> one_or_more(std::string_view key);  // a table, or an array; none: absent
  std::vector<std::pair<std::string, TomlTable>> members();  // each a table, as they stand
  std::vector<std::pair<std::string, std::string>> text_members();
  void only(std::initializer_list<std::string_view> keys);  // any other key is a fault

  void fault(std::string_view key, std::string_view what);
  // A name that is not one of the plan's is a fault.
  void planned(std::string_view key, const std::string& name,
               const std::vector<std::string>& names);

 private:
  const toml::node* node(std::string_view key, bool required);

  const toml::table& table_;
  std::string name_;
  std::optional<std::string>& fault_;
};

class TomlFile {
 public:
  static Result<TomlFile> read(const std::filesystem::path& path);

  TomlTable root() { return {table_, "", fault_}; }
  std::optional<LabError> error() const;

 private:
  std::filesystem::path path_;
  toml::table table_;
  std::optional<std::string> fault_;
};

}  // namespace assay::lab
