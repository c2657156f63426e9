// What the shop deals in. Plain data, each described once.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "server/app/form.h"
#include "server/model/annotations.h"
#include "server/model/date.h"
#include "server/model/enumerated.h"
#include "server/model/field.h"
#include "server/model/rules.h"
#include "server/model/uuid.h"

namespace assay::shop {

using model::at_least;
using model::at_most;
using model::default_value;
using model::field;
using model::max_items;
using model::max_length;
using model::min_length;
using model::pattern;

enum class Color { red, green, blue };
constexpr auto enumerators(Color*) {
  return model::names_of<Color::red, Color::green, Color::blue>;
}

struct NewItem {
  std::string name;
  double price = 0;
  std::optional<double> tax;
  Color color = Color::red;
  std::vector<std::string> tags;
  std::map<std::string, std::int64_t> stock;
  static constexpr auto model() {
    return std::tuple{field<"name">(&NewItem::name, min_length(1), max_length(64)),
                      field<"price">(&NewItem::price, at_least(0), at_most(1'000'000)),
                      field<"tax">(&NewItem::tax, at_least(0)),
                      field<"color">(&NewItem::color, default_value(Color::red)),
                      field<"tags">(&NewItem::tags, default_value(), max_items(10)),
                      field<"stock">(&NewItem::stock)};
  }
  static constexpr bool refuse_unknown = true;
};

struct Item {
  std::int64_t id = 0;
  NewItem what;
  static constexpr auto model() {
    return std::tuple{field<"id">(&Item::id, at_least(1)), field<"what">(&Item::what)};
  }
};

struct Card {
  std::string number;
  static constexpr auto tag = model::tagged<"kind">("card");
  static constexpr auto model() {
    return std::tuple{field<"number">(&Card::number, pattern("^[0-9]{12,19}$"))};
  }
};

struct Transfer {
  std::string iban;
  model::Date due;
  static constexpr auto tag = model::tagged<"kind">("transfer");
  static constexpr auto model() {
    return std::tuple{field<"iban">(&Transfer::iban, min_length(15), max_length(34)),
                      field<"due">(&Transfer::due)};
  }
};

struct Order {
  model::Uuid customer;
  model::DateTime placed;
  std::vector<std::int64_t> items;
  std::variant<Card, Transfer> payment;
  static constexpr auto model() {
    return std::tuple{field<"customer">(&Order::customer), field<"placed">(&Order::placed),
                      field<"items">(&Order::items, model::min_items(1), max_items(20)),
                      field<"payment">(&Order::payment)};
  }
};

struct Receipt {
  std::string number;
  std::int64_t items = 0;
  static constexpr auto model() {
    return std::tuple{field<"number">(&Receipt::number), field<"items">(&Receipt::items)};
  }
};

struct Page {
  std::int64_t offset = 0;
  std::int64_t limit = 10;
  std::optional<Color> color;
  std::vector<std::string> tag;
  static constexpr auto model() {
    return std::tuple{field<"offset">(&Page::offset, default_value(0), at_least(0)),
                      field<"limit">(&Page::limit, default_value(10), at_least(1), at_most(100)),
                      field<"color">(&Page::color), field<"tag">(&Page::tag)};
  }
};

struct Tracing {
  model::Uuid trace;
  std::optional<std::int64_t> depth;
  static constexpr auto model() {
    return std::tuple{field<"X-Trace">(&Tracing::trace),
                      field<"X-Depth">(&Tracing::depth, at_least(0))};
  }
};

struct Taste {
  Color color = Color::green;
  std::optional<bool> dark;
  static constexpr auto model() {
    return std::tuple{field<"color">(&Taste::color, default_value(Color::green)),
                      field<"dark">(&Taste::dark)};
  }
};

struct Login {
  std::string user;
  std::string password;
  static constexpr auto model() {
    return std::tuple{field<"user">(&Login::user, min_length(1), max_length(40)),
                      field<"password">(&Login::password, min_length(1), max_length(100))};
  }
  static constexpr bool refuse_unknown = true;
};

struct NewPhoto {
  std::string title;
  int rating = 3;
  Upload picture;
  std::vector<Upload> more;
  static constexpr auto model() {
    return std::tuple{field<"title">(&NewPhoto::title, min_length(1), max_length(80)),
                      field<"rating">(&NewPhoto::rating, default_value(3), at_least(1), at_most(5)),
                      field<"picture">(&NewPhoto::picture), field<"more">(&NewPhoto::more)};
  }
  static constexpr bool refuse_unknown = true;
};

struct Photo {
  std::string title;
  std::uint64_t bytes = 0;
  static constexpr auto model() {
    return std::tuple{field<"title">(&Photo::title), field<"bytes">(&Photo::bytes)};
  }
};

}  // namespace assay::shop
