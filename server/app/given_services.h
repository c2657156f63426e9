// What the application was given by whoever made it, found by type: a database, a mailer, a clock.
//
// Filled before the start, by one thread; then only read. A key is an address that stands for a
// type. What it was given it keeps to its end.
#pragma once
#include <memory>
#include <vector>

namespace assay {

class GivenServices {
 public:
  // In place of another of this key, which stays alive: somebody may hold it.
  void give(const void* key, std::shared_ptr<void> service);
  // Few are given, so that a look at each costs less than any other way to find one.
  void* find(const void* key) const {
    for (const Given& given : given_) {
      if (given.key == key) return given.service;
    }
    return nullptr;
  }

 private:
  struct Given {
    const void* key;
    void* service;
  };
  std::vector<Given> given_;
  std::vector<std::shared_ptr<void>> kept_;
};

}  // namespace assay
