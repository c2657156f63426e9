// What a connection is borrowed for. A reference to what the borrower does with it, for the time of
// one call.
#pragma once
#include <cstdint>
#include <memory>

namespace assay::storage {

class Connection;

enum class Purpose : std::uint8_t {
  query,    // one statement that only reads
  reading,  // several, of one state of the database
  writing,  // anything, in transactions of its own
};

class Borrower {
 public:
  template <class Act>
  explicit Borrower(Act& act)
      : act_(std::addressof(act)), call_([](void* called, Connection& connection) {
          (*static_cast<Act*>(called))(connection);
        }) {}

  void operator()(Connection& connection) const { call_(act_, connection); }

 private:
  void* act_;
  void (*call_)(void*, Connection&);
};

}  // namespace assay::storage
