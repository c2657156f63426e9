#include "server/program/storage_errors.h"

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>

#include "server/storage/sql/storage_error.h"

namespace assay {
namespace {

using storage::StorageError;
using Kind = StorageError::Kind;
using Time = std::chrono::steady_clock::time_point;

// A disk that is full fails every write: one line in a while says as much as thousands.
class Occasions {
 public:
  explicit Occasions(std::chrono::seconds quiet) : quiet_(quiet) {}

  bool take(Kind kind) {
    const Time now = std::chrono::steady_clock::now();
    const std::lock_guard lock(mutex_);
    Time& next = next_.at(static_cast<std::size_t>(kind));
    if (now < next) return false;
    next = now + quiet_;
    return true;
  }

 private:
  std::chrono::seconds quiet_;
  std::mutex mutex_;  // guards next_
  std::array<Time, static_cast<std::size_t>(Kind::misuse) + 1> next_{};
};

std::string detail_of(const StorageError& error) {
  switch (error.kind()) {
    case Kind::queue_full: return "too many writes wait";
    case Kind::no_connection_free:
    case Kind::no_file_free:
    case Kind::busy: return "the database is busy";
    case Kind::closing: return "the server is about to end";
    default: return "the database is not available";
  }
}

std::optional<HttpError> error_of(const StorageError& error) {
  if (error.kind() == Kind::bad_key) return bad_request("a key has 1 to 1024 bytes of UTF-8");
  if (!error.is_unavailable()) return std::nullopt;
  std::vector<Field> fields;
  if (error.passes()) fields.push_back({"Retry-After", "1"});
  return HttpError(503, detail_of(error), std::move(fields));
}

}  // namespace

void answer_storage_errors(App& app, std::chrono::seconds quiet) {
  const auto occasions = std::make_shared<Occasions>(quiet);
  app.on_exception<StorageError>([occasions](Context& context, const StorageError& error) {
    const bool has_to_be_mended = error.is_unavailable() && !error.passes();
    if (has_to_be_mended && occasions->take(error.kind())) context.tell_operator(error.what());
    return error_of(error);
  });
}

}  // namespace assay
