// What every library reads and writes here: the shapes of echo payloads, and texts of five sizes.
// All members are required and of one type each; the rivals check no less.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "server/model/field.h"
#include "server/model/json_write.h"

namespace assay::model::rivals {

struct Small {  // the 70 bytes of Spikard's "small" row
  std::string name;
  std::string description;
  double price = 0;
  double tax = 0;
  bool operator==(const Small&) const = default;
  static constexpr auto model() {
    return std::tuple{field<"name">(&Small::name), field<"description">(&Small::description),
                      field<"price">(&Small::price), field<"tax">(&Small::tax)};
  }
};

struct Country {
  std::string name;
  std::string code;
  bool operator==(const Country&) const = default;
  static constexpr auto model() {
    return std::tuple{field<"name">(&Country::name), field<"code">(&Country::code)};
  }
};
struct Address {
  std::string street;
  std::string city;
  Country country;
  bool operator==(const Address&) const = default;
  static constexpr auto model() {
    return std::tuple{field<"street">(&Address::street), field<"city">(&Address::city),
                      field<"country">(&Address::country)};
  }
};
struct Seller {
  std::string name;
  Address address;
  bool operator==(const Seller&) const = default;
  static constexpr auto model() {
    return std::tuple{field<"name">(&Seller::name), field<"address">(&Seller::address)};
  }
};
struct Nested {  // the 154 bytes of its "large" row
  std::string name;
  double price = 0;
  Seller seller;
  bool operator==(const Nested&) const = default;
  static constexpr auto model() {
    return std::tuple{field<"name">(&Nested::name), field<"price">(&Nested::price),
                      field<"seller">(&Nested::seller)};
  }
};

struct Item {
  std::int64_t id = 0;
  std::string name;
  double price = 0;
  std::int64_t stock = 0;
  bool active = false;
  std::vector<std::string> tags;
  Country made_in;
  bool operator==(const Item&) const = default;
  static constexpr auto model() {
    return std::tuple{field<"id">(&Item::id),          field<"name">(&Item::name),
                      field<"price">(&Item::price),    field<"stock">(&Item::stock),
                      field<"active">(&Item::active),  field<"tags">(&Item::tags),
                      field<"made_in">(&Item::made_in)};
  }
};
struct Catalogue {
  std::string shop;
  std::int64_t page = 0;
  double total = 0;
  bool complete = false;
  std::vector<Item> items;
  bool operator==(const Catalogue&) const = default;
  static constexpr auto model() {
    return std::tuple{field<"shop">(&Catalogue::shop), field<"page">(&Catalogue::page),
                      field<"total">(&Catalogue::total), field<"complete">(&Catalogue::complete),
                      field<"items">(&Catalogue::items)};
  }
};

inline Small small() { return {"Foo", "A very nice Item", 35.4, 3.2}; }

inline Nested nested() {
  return {"Product", 100.5, {"John Doe", {"123 Main St", "Springfield", {"USA", "US"}}}};
}

inline Item item(std::int64_t id) {
  const std::string number = std::to_string(id);
  return {id * 7919,
          "Item number " + number,
          static_cast<double>(id * 137 % 100000) / 100,
          id * 31 % 500,
          id % 3 != 0,
          {"new", "colour-" + number, "a tag of some more characters"},
          {"Netherlands", "NL"}};
}

// As many items as take the text past `bytes`.
inline Catalogue catalogue(std::size_t bytes) {
  Catalogue made{"The corner shop", 3, 1234.56, true, {}};
  for (std::int64_t id = 1; to_json(made).size() < bytes; ++id) made.items.push_back(item(id));
  return made;
}

}  // namespace assay::model::rivals
