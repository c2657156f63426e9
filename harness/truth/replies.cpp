#include "harness/truth/replies.h"

#include <utility>

namespace assay::truth {
namespace {

constexpr char other_byte(char byte) { return byte == '?' ? '!' : '?'; }

std::string_view status_of(Fate fate) {
  if (fate == Fate::error) return "500 Internal Server Error";
  return fate == Fate::refused ? "503 Service Unavailable" : "200 OK";
}

}  // namespace

Replies::Replies(std::string body) : right_(std::move(body)), wrong_(right_) {
  if (!wrong_.empty()) wrong_.back() = other_byte(wrong_.back());
}

void Replies::append(std::string& bytes, Fate fate, Persistence persistence) const {
  if (fate == Fate::reset || fate == Fate::silent) return;
  bytes += fixed_head(status_of(fate), right_.size(), persistence);
  bytes += body_of(fate);
}

std::string_view Replies::body_of(Fate fate) const {
  if (fate == Fate::wrong) return wrong_;
  const std::string_view right = right_;
  return fate == Fate::truncated ? right.substr(0, right.size() / 2) : right;
}

}  // namespace assay::truth
