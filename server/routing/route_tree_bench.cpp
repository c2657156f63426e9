// What a look-up costs against the number of routes, of segments and of overlaps, beside rivals.
//
// The number in a row's name is what is varied; the fitted growth is under the rows of each.
#include "server/routing/route_tree.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>

#include "server/routing/route_rivals.h"

namespace assay::routing {
namespace {

struct Sample {
  std::string pattern;
  std::string path;
};

// As GitHub's: most below a repository, some of an organisation or a user, some all static. All
// paths have five segments and 42 bytes, so that their number alone changes.
std::vector<Sample> samples(std::size_t count) {
  std::vector<Sample> made;
  for (std::size_t index = 0; index < count; ++index) {
    std::string digits = std::to_string(index);
    digits.insert(0, 5 - digits.size(), '0');
    const std::string noun = "issues-" + digits;
    switch (index % 4) {
      case 0:
        made.push_back({"/repos/{owner}/{repo}/" + noun + "/{number:int}",
                        "/repos/octo-cat/hello-world/" + noun + "/7"});
        break;
      case 1:
        made.push_back(
            {"/repos/{owner}/{repo}/" + noun + "/l", "/repos/octo-cat/hello-world/" + noun + "/l"});
        break;
      case 2:
        made.push_back({"/users/{user}/" + noun + "/{id:int}/activity",
                        "/users/octo-cat/" + noun + "/12/activity"});
        break;
      default:
        made.push_back({"/" + noun + "/api/v1/settings/notifications",
                        "/" + noun + "/api/v1/settings/notifications"});
    }
  }
  return made;
}

// `depth` segments, every second one a parameter, below a segment of each route's own.
std::vector<Sample> deep_samples(std::size_t count, std::size_t depth) {
  std::vector<Sample> made;
  for (std::size_t index = 0; index < count; ++index) {
    Sample sample{"/r" + std::to_string(1000 + index), {}};
    sample.path = sample.pattern;
    for (std::size_t at = 1; at < depth; ++at) {
      const bool is_parameter = at % 2 == 1;
      sample.pattern += is_parameter ? "/{p" + std::to_string(at) + "}" : "/items";
      sample.path += is_parameter ? "/value" : "/items";
    }
    made.push_back(std::move(sample));
  }
  return made;
}

// Every mixture of "a" and a parameter in `depth` segments: 2 to that power of routes. The path
// fits all of them but for its last byte.
std::vector<Sample> all_mixtures(std::size_t depth) {
  std::vector<Sample> made;
  for (std::size_t mixture = 0; mixture < std::size_t{1} << depth; ++mixture) {
    Sample sample;
    for (std::size_t at = 0; at < depth; ++at) {
      const bool is_static = (mixture >> at & 1U) == 0;
      sample.pattern += is_static ? "/a" : "/{p" + std::to_string(at) + "}";
      sample.path += "/a";
    }
    sample.pattern += "/end";
    sample.path += "/enx";
    made.push_back(std::move(sample));
  }
  return made;
}

// `depth` segments that are all "a", all a number or all a text, but for the last, and an end of
// their own.
std::string two_ways(std::size_t depth, std::size_t way, std::size_t last_way) {
  std::string pattern;
  for (std::size_t at = 0; at < depth; ++at) {
    const std::string name = "/{p" + std::to_string(at);
    const std::string ways[] = {"/a", name + ":int}", name + "}"};
    pattern += ways[at + 1 == depth ? last_way : way];
  }
  return pattern + "/end" + std::to_string(way) + std::to_string(last_way);
}

// Nine such routes at each depth; the path is in four of them at once, and ends in none.
std::vector<Sample> three_ways(std::size_t depth) {
  std::string path;
  for (std::size_t at = 0; at < depth; ++at) path += "/1";
  std::vector<Sample> made;
  for (std::size_t route = 0; route < depth * 9; ++route)
    made.push_back({two_ways(1 + route / 9, route / 3 % 3, route % 3), path + "/enx"});
  return made;
}

RouteTree tree_of(const std::vector<Sample>& from) {
  RouteTree tree;
  for (const Sample& sample : from) tree.add("GET", sample.pattern);
  tree.seal();
  return tree;
}

template <class Rival>
Rival rival_of(const std::vector<Sample>& from) {
  Rival rival;
  for (const Sample& sample : from) rival.add(sample.pattern);
  return rival;
}

HashedPaths hashed(const std::vector<Sample>& from) {
  HashedPaths paths;
  for (const Sample& sample : from) paths.add(sample.path);
  return paths;
}

// In an order that no branch predictor learns, and few enough to be what a server's traffic is.
std::vector<std::string> requests(const std::vector<Sample>& from) {
  std::mt19937 random(1);
  std::vector<std::string> paths;
  for (int n = 0; n < 1024; ++n) paths.push_back(from[random() % from.size()].path);
  return paths;
}

// Time is per look-up; each must be found, or each must not.
template <class Find>
void look_up(benchmark::State& state, const std::vector<std::string>& paths, bool is_there,
             const Find& find) {
  std::size_t next = 0;
  for (const std::string& path : paths) {
    if (find(path) != is_there) return state.SkipWithError("a wrong answer");
  }
  for (auto _ : state) {
    benchmark::DoNotOptimize(find(paths[next]));
    next = next + 1 == paths.size() ? 0 : next + 1;
  }
  state.SetComplexityN(state.range(0));
}

void look_up_in_tree(benchmark::State& state, const std::vector<Sample>& from, bool is_there) {
  const RouteTree tree = tree_of(from);
  look_up(state, requests(from), is_there, [&tree](std::string_view path) {
    const RouteTree::Match match = tree.find("GET", path);
    benchmark::DoNotOptimize(match.values().data());
    return match.outcome == RouteTree::Outcome::found;
  });
  state.counters["bytes"] = static_cast<double>(tree.bytes());
}

template <class Rival>
void look_up_in_rival(benchmark::State& state, const std::vector<Sample>& from, bool is_there) {
  Rival rival = rival_of<Rival>(from);
  look_up(state, requests(from), is_there,
          [&rival](std::string_view path) { return rival.find(path) != no_route; });
}

void look_up_in_map(benchmark::State& state, const std::vector<Sample>& from) {
  const HashedPaths paths = hashed(from);
  look_up(state, requests(from), true,
          [&paths](std::string_view path) { return paths.find(path) != no_route; });
}

std::size_t varied(const benchmark::State& state) {
  return static_cast<std::size_t>(state.range(0));
}

void tree_by_routes(benchmark::State& state) {
  look_up_in_tree(state, samples(varied(state)), true);
}
void hash_map_by_routes(benchmark::State& state) { look_up_in_map(state, samples(varied(state))); }
void map_trie_by_routes(benchmark::State& state) {
  look_up_in_rival<MapTrie>(state, samples(varied(state)), true);
}
void regexes_by_routes(benchmark::State& state) {
  look_up_in_rival<RegexList>(state, samples(varied(state)), true);
}
BENCHMARK(tree_by_routes)->RangeMultiplier(10)->Range(1, 10'000)->Complexity();
BENCHMARK(hash_map_by_routes)->RangeMultiplier(10)->Range(1, 10'000)->Complexity();
BENCHMARK(map_trie_by_routes)->RangeMultiplier(10)->Range(1, 10'000)->Complexity();
BENCHMARK(regexes_by_routes)->RangeMultiplier(10)->Range(1, 1000)->Complexity();

void tree_by_segments(benchmark::State& state) {
  look_up_in_tree(state, deep_samples(1000, varied(state)), true);
}
void hash_map_by_segments(benchmark::State& state) {
  look_up_in_map(state, deep_samples(1000, varied(state)));
}
void map_trie_by_segments(benchmark::State& state) {
  look_up_in_rival<MapTrie>(state, deep_samples(1000, varied(state)), true);
}
BENCHMARK(tree_by_segments)->DenseRange(1, 16, 3)->Complexity();
BENCHMARK(hash_map_by_segments)->DenseRange(1, 16, 3)->Complexity();
BENCHMARK(map_trie_by_segments)->DenseRange(1, 16, 3)->Complexity();

void tree_by_overlaps(benchmark::State& state) {
  look_up_in_tree(state, three_ways(varied(state)), false);
}
void map_trie_by_overlaps(benchmark::State& state) {
  look_up_in_rival<MapTrie>(state, three_ways(varied(state)), false);
}
void tree_by_mixtures(benchmark::State& state) {
  look_up_in_tree(state, all_mixtures(varied(state)), false);
}
void map_trie_by_mixtures(benchmark::State& state) {
  look_up_in_rival<MapTrie>(state, all_mixtures(varied(state)), false);
}
BENCHMARK(tree_by_overlaps)->DenseRange(1, 16, 3)->Complexity();
BENCHMARK(map_trie_by_overlaps)->DenseRange(1, 16, 3)->Complexity();
BENCHMARK(tree_by_mixtures)->DenseRange(1, 12, 1)->Complexity();
BENCHMARK(map_trie_by_mixtures)->DenseRange(1, 12, 1)->Complexity();

// What a path that has no route costs: the longest way through `find`.
void tree_by_routes_unknown(benchmark::State& state) {
  std::vector<Sample> unknown = samples(varied(state));
  for (Sample& sample : unknown) sample.path.back() = '/';
  look_up_in_tree(state, unknown, false);
}
BENCHMARK(tree_by_routes_unknown)->RangeMultiplier(10)->Range(1, 10'000)->Complexity();

void seal(benchmark::State& state) {
  const std::vector<Sample> from = samples(varied(state));
  for (auto _ : state) benchmark::DoNotOptimize(tree_of(from).size());
  state.SetComplexityN(state.range(0));
}
BENCHMARK(seal)->RangeMultiplier(10)->Range(1, 10'000)->Complexity()->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace assay::routing
