// How others look a path up, for the benchmarks: none is used elsewhere.
//
// Each knows GET alone, and takes the patterns of RoutePattern. They do what their models do, in
// C++ and without what would make them slower than they need be: no copies of the path.
#pragma once
#include <functional>
#include <memory>
#include <regex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace assay::routing {

inline constexpr std::size_t no_route = static_cast<std::size_t>(-1);

// Looks a view up without making a string of it.
struct ViewHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};

// One map of whole paths; it knows no parameters, and is given the paths themselves.
class HashedPaths {
 public:
  void add(const std::string& path) { paths_.try_emplace(path, paths_.size()); }
  std::size_t find(std::string_view path) const;

 private:
  std::unordered_map<std::string, std::size_t, ViewHash, std::equal_to<>> paths_;
};

// As Barq v1: a regular expression for each route, tried one after the other.
class RegexList {
 public:
  void add(std::string_view pattern);
  std::size_t find(std::string_view path) const;

 private:
  std::vector<std::regex> routes_;
};

// As Karak and Barq v2 draw it: a map at each segment's node, and back again where that led
// nowhere.
class MapTrie {
 public:
  void add(std::string_view pattern);
  std::size_t find(std::string_view path);

 private:
  struct Node {
    std::unordered_map<std::string, std::unique_ptr<Node>, ViewHash, std::equal_to<>> literals;
    std::unique_ptr<Node> typed;
    std::unique_ptr<Node> text;
    std::size_t route = no_route;
  };

  std::size_t find_below(const Node& node, std::string_view rest);

  Node root_;
  std::size_t routes_ = 0;
  std::vector<std::string_view> values_;
};

}  // namespace assay::routing
