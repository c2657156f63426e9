// Joins a database to an application: one says Service<storage::Database> and
// Service<storage::Store>, and knows no more of the other.
//
//   App app;
//   AppStorage storage(app, settings);     // before routes are added
//   add_routes(app);                       // app.service<storage::Store>().table("notes"), ...
//   storage.open();                        // once, before a fork and before the start
//   serve(settings, app);                  // starts and stops it in each process that serves
//
// Belongs to the thread that makes the application. In a test open() and a Client do the same.
#pragma once
#include <memory>

#include "server/app/app.h"
#include "server/program/storage_page.h"
#include "server/storage/sql/settings.h"
#include "server/storage/store.h"

namespace assay {

class AppStorage {
 public:
  AppStorage(App& app, storage::Settings settings, CountsOf counts_of = CountsOf::server);

  // Whether a route takes something of it, or somebody asked for it.
  bool is_needed() const;
  // Brings the file's schema up to date; the application then starts and stops the database, and
  // answers for its errors. Without it the database costs nothing. Throws StorageError.
  void open();

  storage::Database& database() { return *database_; }

 private:
  App& app_;
  std::shared_ptr<storage::Database> database_;
  std::shared_ptr<storage::Store> store_;
  CountsOf counts_of_;
  std::shared_ptr<bool> is_open_ = std::make_shared<bool>(false);
};

}  // namespace assay
