// Which route answers a method and a path; routes are patterns such as "/items/{id:int}".
//
// Filled and sealed before serving starts, then only read: any thread. The cost of `find` grows
// with the path's length alone, whatever routes there are and however they overlap; it allocates
// nothing (why: segment_machine.h). Views in a Match point into the path, the tree and the Match.
//
// Decided segment by segment from the left: static text, then typed parameters (the order is
// `most_specific_first`), then text, then path; where that leads nowhere, the next best is taken.
// The method is part of it: with `GET /items/new` and `POST /items/{id}`, `POST /items/new` finds
// the latter. HEAD is answered by GET's route of the most specific pattern that has either.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "server/routing/pattern_trie.h"
#include "server/routing/route_pattern.h"
#include "server/routing/segment_machine.h"
#include "server/routing/state_graph.h"

namespace assay::routing {

// Two routes that answer the same requests; both are named.
class RouteConflict : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

class RouteTree {
 public:
  // The first of these that is true is the outcome.
  enum class Outcome : std::uint8_t {
    found,         // `route` and its values
    wrong_method,  // the path has routes, none of this method: `allowed`; OPTIONS is no exception
    wrong_value,   // a route would match if its parameters had no types: that one, and its values.
                   // Where only routes of other methods would, it is wrong_method again
    other_slash,   // this method has a route for the path with one slash at the end more, or less
    unknown
  };

  class Match {
   public:
    Outcome outcome = Outcome::unknown;
    std::size_t route = 0;     // of found and wrong_value
    std::string_view allowed;  // of found and wrong_method: "GET, HEAD, POST, OPTIONS", for Allow

    // Of found and wrong_value, in the pattern's order.
    std::span<const std::string_view> values() const {
      return {std::launder(reinterpret_cast<const std::string_view*>(storage_.data())), count_};
    }

   private:
    friend class RouteTree;
    void take(const SegmentMachine::Answer& answer, const SegmentBounds& bounds,
              std::string_view path) noexcept;

    std::string_view* places() noexcept {
      return std::launder(reinterpret_cast<std::string_view*>(storage_.data()));
    }

    // Not an array of views: to clear 256 bytes for each request costs a fifth of the look-up.
    alignas(std::string_view)
        std::array<std::byte, most_parameters * sizeof(std::string_view)> storage_;
    std::size_t count_ = 0;
  };

  // The index given back counts from 0 in the order of adding. Throws PatternError, RouteConflict.
  std::size_t add(std::string_view method, std::string_view pattern);

  // After the last `add`, before the first `find`. Throws RouteConflict, naming two of them, where
  // routes overlap in so many ways that a machine which reads a path once would be too large.
  void seal(std::size_t transitions = most_transitions);

  // REQUIRES: sealed since the last `add`. The path begins with a slash, and its escapes, other
  // than those of slash and percent, are decoded; slashes that follow each other are not taken for
  // one.
  Match find(std::string_view method, std::string_view path) const noexcept;

  std::size_t size() const { return routes_.size(); }
  std::size_t bytes() const { return machine_.bytes(); }  // of memory that `find` reads
  std::string_view method(std::size_t route) const { return routes_[route].method; }
  std::string_view pattern(std::size_t route) const { return routes_[route].pattern.text(); }
  std::span<const Parameter> parameters(std::size_t route) const {
    return routes_[route].pattern.parameters();
  }

 private:
  struct Route {
    std::string method;
    RoutePattern pattern;
  };

  std::string named(std::size_t route) const;
  bool has_other_slash(std::string_view method, std::string_view path,
                       std::uint32_t node) const noexcept;

  std::vector<Route> routes_;
  PatternTrie trie_;        // what was added
  SegmentMachine machine_;  // what `seal` made of it
  bool is_sealed_ = false;
};

}  // namespace assay::routing
