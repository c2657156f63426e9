// Spikard's url-encoded forms, typed.
#include <cstdint>
#include <string>
#include <tuple>

#include "server/app/app.h"

namespace assay::workloads::form {

using model::field;

struct Subscription {
  std::string name;
  std::string email;
  std::int64_t age = 0;
  bool subscribe = false;
  static constexpr auto model() {
    return std::tuple{field<"name">(&Subscription::name), field<"email">(&Subscription::email),
                      field<"age">(&Subscription::age),
                      field<"subscribe">(&Subscription::subscribe)};
  }
};

struct Registration {
  std::string first_name;
  std::string last_name;
  std::string email;
  std::string phone;
  std::string street;
  std::string city;
  std::string state;
  std::string postcode;
  std::string country;
  std::int64_t age = 0;
  std::int64_t children = 0;
  double height = 0;
  double weight = 0;
  bool subscribe = false;
  bool terms = false;
  bool newsletter = false;
  std::string language;
  std::string comment;
  static constexpr auto model() {
    return std::tuple{field<"first_name">(&Registration::first_name),
                      field<"last_name">(&Registration::last_name),
                      field<"email">(&Registration::email),
                      field<"phone">(&Registration::phone),
                      field<"street">(&Registration::street),
                      field<"city">(&Registration::city),
                      field<"state">(&Registration::state),
                      field<"postcode">(&Registration::postcode),
                      field<"country">(&Registration::country),
                      field<"age">(&Registration::age),
                      field<"children">(&Registration::children),
                      field<"height">(&Registration::height),
                      field<"weight">(&Registration::weight),
                      field<"subscribe">(&Registration::subscribe),
                      field<"terms">(&Registration::terms),
                      field<"newsletter">(&Registration::newsletter),
                      field<"language">(&Registration::language),
                      field<"comment">(&Registration::comment)};
  }
};

void routes(App& app) {
  app.post("/form/simple", [](Form<Subscription> form) { return *form; });
  app.post("/form/complex", [](Form<Registration> form) { return *form; });
}

}  // namespace assay::workloads::form
