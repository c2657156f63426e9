// Patterns by RE2: linear time whatever text is given, and no look-around or back references.
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>

#include <re2/re2.h>

#include "server/model/rules.h"

namespace assay::model {
namespace {

// Every expression that was asked for, for good: they are literals, and so there are few.
const re2::RE2& compiled(std::string_view expression) {
  static std::mutex mutex;  // guards all
  static std::map<std::string, std::unique_ptr<re2::RE2>, std::less<>> all;
  const std::lock_guard lock(mutex);
  auto entry = all.find(expression);
  if (entry == all.end()) {
    auto made = std::make_unique<re2::RE2>(std::string(expression), re2::RE2::Quiet);
    if (!made->ok()) {
      throw std::invalid_argument("pattern(\"" + std::string(expression) + "\"): " + made->error());
    }
    entry = all.emplace(expression, std::move(made)).first;
  }
  return *entry->second;
}

}  // namespace

bool matches(std::string_view expression, std::string_view text) {
  // Each thread remembers those that it met, so that none waits for another.
  thread_local std::map<std::string, const re2::RE2*, std::less<>> met;
  auto entry = met.find(expression);
  if (entry == met.end()) entry = met.emplace(expression, &compiled(expression)).first;
  return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *entry->second);
}

}  // namespace assay::model
