#include "harness/lab/plan/scaling.h"

#include <algorithm>

namespace assay::lab {
namespace {

// One name for all sizes, or one for each.
std::vector<std::string> names_of(TomlTable& table, std::string_view one, std::string_view each,
                                  std::size_t sizes, const std::vector<std::string>& planned) {
  const bool is_one = table.has(one);
  std::vector<std::string> names =
      is_one ? std::vector<std::string>(sizes, table.text(one)) : table.texts(each);
  if (is_one && table.has(each)) table.fault(each, "cannot stand beside " + std::string(one));
  if (names.size() != sizes) table.fault(each, "should name one for each size");
  for (const std::string& name : names) table.planned(is_one ? one : each, name, planned);
  names.resize(sizes);
  return names;
}

// How many workers each has, as the plan says.
std::vector<double> workers_of(TomlTable& table) {
  constexpr int most = 4096;
  const std::vector<int> sizes = table.integers("sizes", 1, most);
  return {sizes.begin(), sizes.end()};
}

// How many cores each of the loads gives; of those that give all, none until the host is known.
std::vector<double> cores_of(TomlTable& table, const std::vector<Load>& loads) {
  if (table.has("sizes")) table.fault("sizes", "is for workers: loads have their server_cores");
  std::vector<double> sizes;
  for (const std::string& name : table.texts("loads")) {
    const auto load = std::find_if(loads.begin(), loads.end(),
                                   [&](const Load& each) { return each.name == name; });
    sizes.push_back(load == loads.end() ? 0 : load->server_cores.value_or(0));
    if (load == loads.end() || load->server_cores || load->is_of_all_cores) continue;
    table.fault("loads", "names " + name + ", which has no server_cores");
  }
  return sizes;
}

}  // namespace

std::vector<Scaling> scalings_of(TomlTable& root, const std::vector<std::string>& baselines,
                                 const std::vector<Load>& loads) {
  std::vector<std::string> load_names;
  for (const Load& load : loads) load_names.push_back(load.name);
  std::vector<Scaling> scalings;
  if (!root.has("scalings")) return scalings;
  for (TomlTable& table : root.tables("scalings")) {
    table.only({"name", "by", "sizes", "baseline", "baselines", "load", "loads"});
    Scaling scaling{table.text("name"), table.text("by"), {}};
    if (scaling.by != "workers" && scaling.by != "cores") {
      table.fault("by", "should be workers or cores");
    }
    const auto sizes = scaling.by == "cores" ? cores_of(table, loads) : workers_of(table);
    const auto of = names_of(table, "baseline", "baselines", sizes.size(), baselines);
    const auto under = names_of(table, "load", "loads", sizes.size(), load_names);
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      scaling.sizes.push_back({sizes[i], of[i], under[i]});
    }
    scalings.push_back(std::move(scaling));
  }
  return scalings;
}

}  // namespace assay::lab
