#include "server/program/app_storage.h"

#include <utility>

#include "server/program/storage_errors.h"

namespace assay {

// The database starts before all that is added later, which may use it.
AppStorage::AppStorage(App& app, storage::Settings settings, CountsOf counts_of)
    : app_(app),
      database_(std::make_shared<storage::Database>(std::move(settings))),
      store_(std::make_shared<storage::Store>(*database_)),
      counts_of_(counts_of) {
  app.provide(database_);
  app.provide(store_);
  app.on_start([is_open = is_open_, &database = *database_] {
    if (*is_open) database.start();
  });
}

bool AppStorage::is_needed() const {
  return app_.needs_service<storage::Database>() || app_.needs_service<storage::Store>();
}

// It stops after all that was added before, and after the last handler has ended: whoever waits for
// a write is either told its outcome by then, or destroyed, and what tells them is closed.
void AppStorage::open() {
  add_storage_page(app_, counts_of_);
  answer_storage_errors(app_);
  app_.before_wait([&database = *database_] { database.before_wait(); });
  database_->open();
  *is_open_ = true;
  app_.on_stop([&database = *database_] { database.stop(); });
}

}  // namespace assay
