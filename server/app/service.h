// What the application was given for all of its requests: `Service<Database> database`.
//
//   app.provide(std::make_shared<Database>(settings));              // in main, or in a test
//   another app.get("/users/{id:int}", [](Path<"id", int> id, Service<Database> database) {
//     return database->one(user_by_id, *id);
//   });
//
// It is the same object for every request and thread. Dependencies may take it too, Shared ones
// included. An application that was not given what one of its routes takes does not start.
#pragma once
#include <stdexcept>
#include <string>
#include <string_view>

#include "server/app/argument.h"
#include "server/model/type_name.h"

namespace assay {

template <class T>
class Service {
 public:
  static constexpr bool is_dependency = true;
  static constexpr bool is_service = true;

  T& operator*() const { return *service_; }
  T* operator->() const { return service_; }

  static Service taken(Context& context) {
    Service taken;
    taken.service_ = static_cast<T*>(context.services().given.find(key()));
    if (taken.service_ == nullptr) throw missing_service("the handler takes", name());
    return taken;
  }
  static void describe(Operation& operation, model::Schemas& /*schemas*/) {
    operation.services.push_back({key(), name(), operation.within});
  }
  static const void* key() { return &address; }
  static std::string_view name() { return model::spelled_type<T>(); }

 private:
  static inline char address = 0;

  T* service_ = nullptr;
};

}  // namespace assay
