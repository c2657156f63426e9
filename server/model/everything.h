// A model with a member of every kind and rules of every kind, for the tests and the fuzz target.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "server/model/annotations.h"
#include "server/model/date.h"
#include "server/model/enumerated.h"
#include "server/model/field.h"
#include "server/model/rules.h"
#include "server/model/uuid.h"

namespace assay::model {

enum class Color { red, light_blue };
constexpr auto enumerators(Color*) { return names_of<Color::red, Color::light_blue>; }

enum class Size { s, m };
constexpr auto enumerators(Size*) {
  return std::array{Enumerator{Size::s, "small-size"}, Enumerator{Size::m, "medium-size"}};
}

struct Cat {
  int lives = 9;
  bool operator==(const Cat&) const = default;
  static constexpr auto tag = tagged<"kind">("cat");
  static constexpr auto model() {
    return std::tuple{field<"lives">(&Cat::lives, at_least(1), at_most(9), default_value(7))};
  }
};
struct Dog {
  std::string name;
  std::vector<std::variant<Cat, Dog>> friends;
  bool operator==(const Dog&) const = default;
  static constexpr auto tag = tagged<"kind">("dog");
  static constexpr auto model() {
    return std::tuple{field<"name">(&Dog::name),
                      field<"friends">(&Dog::friends, default_value(), max_items(3))};
  }
};

struct Inner {
  std::optional<std::int32_t> count;
  std::vector<Inner> inner;
  bool operator==(const Inner&) const = default;
  static constexpr bool refuse_unknown = true;
  static constexpr auto model() {
    return std::tuple{field<"count">(&Inner::count, multiple_of(3)),
                      field<"inner">(&Inner::inner, default_value())};
  }
};

struct Everything {
  std::int64_t id = 0;
  std::uint8_t small = 0;
  std::uint64_t large = 0;
  double price = 0;
  float ratio = 0;
  bool paid = false;
  std::string name;
  Color color = Color::red;
  std::optional<Size> size;
  std::vector<std::string> tags;
  std::map<std::string, double> counts;
  std::variant<Cat, Dog> pet;
  Date day;
  DateTime moment;
  Uuid key;
  int limit = 0;
  std::array<int, 2> pair{};
  std::vector<bool> flags;
  Inner inner;
  bool operator==(const Everything&) const = default;
  static constexpr auto model() {
    return std::tuple{
        field<"id">(&Everything::id, at_least(1), description("a \"number\"")),
        field<"small">(&Everything::small, at_most(200), default_value(7)),
        field<"large">(&Everything::large, default_value()),
        field<"price">(&Everything::price, above(-1e300)),
        field<"ratio">(&Everything::ratio, below(1.5), default_value(0.5)),
        field<"paid">(&Everything::paid, default_value(true)),
        field<"name">(&Everything::name, min_length(1), max_length(20), pattern("^[^x]*$")),
        field<"color">(&Everything::color, default_value(Color::light_blue)),
        field<"size">(&Everything::size, title("how large")),
        field<"tags">(&Everything::tags, max_items(4), default_value()),
        field<"counts">(&Everything::counts, min_items(0), default_value()),
        field<"pet">(&Everything::pet, default_value(Cat{3})),
        field<"day">(&Everything::day, default_value(Date{2026, 2, 28})),
        field<"moment">(&Everything::moment, default_value(), example("2026-01-01T00:00:00Z")),
        field<"key">(&Everything::key, default_value()),
        field<"limit">(&Everything::limit, default_value(10), one_of(10, 20),
                       satisfies("must be round", [](int value) { return value % 10 == 0; })),
        field<"pair">(&Everything::pair, default_value()),
        field<"flags">(&Everything::flags, default_value()),
        field<"inner">(&Everything::inner, default_value())};
  }
};

}  // namespace assay::model
