// Which target answers a path and a method. Exact paths only, so far.
//
// Filled before serving starts, then only read: any thread. Adding a route twice is an error of the
// program, said at once and naming the route.
#pragma once
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace assay::routing {

template <class Target>
class RouteTable {
 public:
  // What a look-up found: a target, or the methods that this path does have, or nothing at all.
  struct Match {
    const Target* target = nullptr;
    std::string allowed;  // "GET, HEAD" when the path is known and the method is not
  };

  void add(std::string method, const std::string& path, Target target) {
    Routes& routes = paths_[path];
    for (const auto& [known, unused] : routes) {
      if (known == method)
        throw std::logic_error(
            std::string("route given twice: ").append(method).append(" ").append(path));
    }
    routes.emplace_back(std::move(method), std::move(target));
  }

  // HEAD is answered by GET's target where it has none of its own.
  Match find(std::string_view method, std::string_view path) const {
    const auto routes = paths_.find(path);
    if (routes == paths_.end()) return {};
    if (const Target* target = target_of(routes->second, method)) return {target, {}};
    if (method == "HEAD") {
      if (const Target* target = target_of(routes->second, "GET")) return {target, {}};
    }
    return {nullptr, allowed_of(routes->second)};
  }

 private:
  using Routes = std::vector<std::pair<std::string, Target>>;

  // Looks a string_view up without making a string of it: no allocation per request.
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  static const Target* target_of(const Routes& routes, std::string_view method) {
    for (const auto& [name, target] : routes) {
      if (name == method) return &target;
    }
    return nullptr;
  }

  static std::string allowed_of(const Routes& routes) {
    const bool has_head = target_of(routes, "HEAD") != nullptr;
    std::string allowed;
    for (const auto& [method, target] : routes) {
      if (!allowed.empty()) allowed += ", ";
      allowed += method == "GET" && !has_head ? "GET, HEAD" : method;
    }
    return allowed;
  }

  std::unordered_map<std::string, Routes, Hash, std::equal_to<>> paths_;
};

}  // namespace assay::routing
