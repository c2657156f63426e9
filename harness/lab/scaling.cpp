#include "harness/lab/scaling.h"

namespace assay::lab {
namespace {

// One name for all sizes, or one for each.
std::vector<std::string> names_of(TomlTable& table, std::string_view one, std::string_view each,
                                  std::size_t sizes, const std::vector<std::string>& planned) {
  const bool is_one = table.has(one);
  std::vector<std::string> names =
      is_one ? std::vector<std::string>(sizes, table.text(one)) : table.texts(each);
  if (is_one && table.has(each)) table.fault(each, "cannot stand beside " + std::string(one));
  if (names.size() != sizes) table.fault(each, "should name one for each of sizes");
  for (const std::string& name : names) table.planned(is_one ? one : each, name, planned);
  names.resize(sizes);
  return names;
}

}  // namespace

std::vector<Scaling> scalings_of(TomlTable& root, const std::vector<std::string>& baselines,
                                 const std::vector<std::string>& loads) {
  constexpr int most = 4096;
  std::vector<Scaling> scalings;
  if (!root.has("scalings")) return scalings;
  for (TomlTable& table : root.tables("scalings")) {
    table.only({"name", "by", "sizes", "baseline", "baselines", "load", "loads"});
    Scaling scaling{table.text("name"), table.text("by"), {}};
    if (scaling.by != "workers" && scaling.by != "cores") {
      table.fault("by", "should be workers or cores");
    }
    const std::vector<int> sizes = table.integers("sizes", 1, most);
    const auto of = names_of(table, "baseline", "baselines", sizes.size(), baselines);
    const auto under = names_of(table, "load", "loads", sizes.size(), loads);
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      scaling.sizes.push_back({static_cast<double>(sizes[i]), of[i], under[i]});
    }
    scalings.push_back(std::move(scaling));
  }
  return scalings;
}

}  // namespace assay::lab
