// Spikard's query parameters, typed.
#include <cstdint>
#include <string>
#include <tuple>

#include "server/app/app.h"

namespace assay::workloads::query {

using model::field;

struct Few {
  std::string q;
  std::int64_t page = 0;
  std::int64_t limit = 0;
  static constexpr auto model() {
    return std::tuple{field<"q">(&Few::q), field<"page">(&Few::page), field<"limit">(&Few::limit)};
  }
};

struct Search {
  std::string q;
  std::int64_t page = 0;
  std::int64_t limit = 0;
  std::string sort;
  bool descending = false;
  double min_price = 0;
  double max_price = 0;
  bool in_stock = false;
  static constexpr auto model() {
    return std::tuple{field<"q">(&Search::q),
                      field<"page">(&Search::page),
                      field<"limit">(&Search::limit),
                      field<"sort">(&Search::sort),
                      field<"descending">(&Search::descending),
                      field<"min_price">(&Search::min_price),
                      field<"max_price">(&Search::max_price),
                      field<"in_stock">(&Search::in_stock)};
  }
};

struct Many {
  std::string text1;
  std::string text2;
  std::string text3;
  std::string text4;
  std::int64_t number1 = 0;
  std::int64_t number2 = 0;
  std::int64_t number3 = 0;
  std::int64_t number4 = 0;
  double ratio1 = 0;
  double ratio2 = 0;
  double ratio3 = 0;
  double ratio4 = 0;
  bool flag1 = false;
  bool flag2 = false;
  bool flag3 = false;
  bool flag4 = false;
  static constexpr auto model() {
    return std::tuple{field<"text1">(&Many::text1),     field<"text2">(&Many::text2),
                      field<"text3">(&Many::text3),     field<"text4">(&Many::text4),
                      field<"number1">(&Many::number1), field<"number2">(&Many::number2),
                      field<"number3">(&Many::number3), field<"number4">(&Many::number4),
                      field<"ratio1">(&Many::ratio1),   field<"ratio2">(&Many::ratio2),
                      field<"ratio3">(&Many::ratio3),   field<"ratio4">(&Many::ratio4),
                      field<"flag1">(&Many::flag1),     field<"flag2">(&Many::flag2),
                      field<"flag3">(&Many::flag3),     field<"flag4">(&Many::flag4)};
  }
};

void routes(App& app) {
  app.get("/query/few", [](QueryModel<Few> few) { return *few; });
  app.get("/query/medium", [](QueryModel<Search> search) { return *search; });
  app.get("/query/many", [](QueryModel<Many> many) { return *many; });
}

}  // namespace assay::workloads::query
