// The documents' /json, built anew for each request, because theirs is.
#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "server/app/app.h"

namespace assay::workloads::json {

using model::field;

struct Item {
  std::int64_t id = 0;
  std::int64_t value = 0;
  static constexpr auto model() {
    return std::tuple{field<"id">(&Item::id), field<"value">(&Item::value)};
  }
};

struct Deep {
  std::string level2;
  static constexpr auto model() { return std::tuple{field<"level2">(&Deep::level2)}; }
};

struct Another {
  std::string key;
  static constexpr auto model() { return std::tuple{field<"key">(&Another::key)}; }
};

struct Nested {
  Deep level1;
  Another another;
  static constexpr auto model() {
    return std::tuple{field<"level1">(&Nested::level1), field<"another">(&Nested::another)};
  }
};

struct Document {
  std::string message;
  std::vector<Item> items;
  Nested nested;
  static constexpr auto model() {
    return std::tuple{field<"message">(&Document::message), field<"items">(&Document::items),
                      field<"nested">(&Document::nested)};
  }
};

Document document_of(std::int64_t items) {
  Document document{"Hello, World!", {}, {{"deep value"}, {"value"}}};
  document.items.reserve(static_cast<std::size_t>(items));
  for (std::int64_t i = 0; i < items; ++i) document.items.push_back({i, i * 10});
  return document;
}

void routes(App& app) {
  app.get("/json", [] { return document_of(20); });
}

}  // namespace assay::workloads::json
