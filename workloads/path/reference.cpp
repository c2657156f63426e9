// Spikard's path parameters: texts, a number, a UUID, a date, each by its type.
#include <cstdint>
#include <string>
#include <tuple>

#include "server/app/app.h"
#include "server/model/date.h"
#include "server/model/uuid.h"

namespace assay::workloads::path {

using model::field;

struct Named {
  std::string name;
  static constexpr auto model() { return std::tuple{field<"name">(&Named::name)}; }
};

struct UserPost {
  std::string user;
  std::string post;
  static constexpr auto model() {
    return std::tuple{field<"user">(&UserPost::user), field<"post">(&UserPost::post)};
  }
};

struct Five {
  std::string one;
  std::string two;
  std::string three;
  std::string four;
  std::string five;
  static constexpr auto model() {
    return std::tuple{field<"one">(&Five::one), field<"two">(&Five::two),
                      field<"three">(&Five::three), field<"four">(&Five::four),
                      field<"five">(&Five::five)};
  }
};

template <class T>
struct Identified {
  T id{};
  static constexpr auto model() { return std::tuple{field<"id">(&Identified::id)}; }
};

struct Dated {
  model::Date day;
  static constexpr auto model() { return std::tuple{field<"day">(&Dated::day)}; }
};

void routes(App& app) {
  app.get("/path/simple/{name}", [](Path<"name"> name) { return Named{*name}; });
  app.get("/path/multiple/{user}/{post}",
          [](Path<"user"> user, Path<"post"> post) { return UserPost{*user, *post}; });
  app.get("/path/deep/{one}/{two}/{three}/{four}/{five}",
          [](Path<"one"> one, Path<"two"> two, Path<"three"> three, Path<"four"> four,
             Path<"five"> five) { return Five{*one, *two, *three, *four, *five}; });
  app.get("/path/int/{id:int}",
          [](Path<"id", std::int64_t> id) { return Identified<std::int64_t>{*id}; });
  app.get("/path/uuid/{id:uuid}",
          [](Path<"id", model::Uuid> id) { return Identified<model::Uuid>{*id}; });
  app.get("/path/date/{day:date}", [](Path<"day", model::Date> day) { return Dated{*day}; });
}

}  // namespace assay::workloads::path
