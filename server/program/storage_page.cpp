#include "server/program/storage_page.h"

#include <unistd.h>

#include <tuple>

#include "server/model/enumerated.h"
#include "server/model/field.h"
#include "server/storage/database.h"

namespace assay {

constexpr auto enumerators(CountsOf*) {
  return model::names_of<CountsOf::server, CountsOf::process>;
}

namespace {

// A member of the counts as one of what is a kind of counts.
template <class Owner, model::FixedString Name, class Member>
constexpr auto in(const model::Field<Name, storage::StorageCounts, Member>& field) {
  return model::field<Name>(static_cast<Member Owner::*>(field.member));
}

struct StoragePage : storage::StorageCounts {
  CountsOf counts_of = CountsOf::server;
  std::int64_t process = 0;  // that answers

  static constexpr auto model() {
    const auto all_in = [](const auto&... fields) {
      return std::tuple{in<StoragePage>(fields)...};
    };
    return std::tuple_cat(std::tuple{model::field<"counts_of">(&StoragePage::counts_of),
                                     model::field<"process">(&StoragePage::process)},
                          std::apply(all_in, StorageCounts::model()));
  }
};

}  // namespace

void add_storage_page(App& app, CountsOf counts_of) {
  app.get("/__assay__/storage",
          [counts_of](Service<storage::Database> database) {
            return StoragePage{database->counts(), counts_of, getpid()};
          })
      .hidden();
}

}  // namespace assay
