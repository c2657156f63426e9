#include "harness/load/reply/expectation.h"

#include <algorithm>
#include <utility>

#include "harness/load/text/same_letters.h"

namespace assay::load {
namespace {

std::string_view media_type(std::string_view content_type) {
  const std::string_view type = content_type.substr(0, content_type.find(';'));
  return type.substr(0, type.find_last_not_of(" \t") + 1);
}

bool is_expected(int status, const Expectation& expectation) {
  if (!expectation.status) return status >= 200 && status <= 299;
  if (status == *expectation.status) return true;
  const std::vector<int>& others = expectation.other_statuses;
  return std::find(others.begin(), others.end(), status) != others.end();
}

}  // namespace

std::string_view text(Mismatch mismatch) noexcept {
  switch (mismatch) {
    case Mismatch::status: return "status";
    case Mismatch::type: return "type";
    case Mismatch::length: return "length";
    case Mismatch::body: return "body";
  }
  return "";
}

std::optional<Mismatch> check(const Expectation& expectation, const Reply& reply) {
  ReplyCheck check(expectation);
  check.begin(reply.status, reply.content_type);
  check.body(reply.body);
  return check.end();
}

void ReplyCheck::begin(int status, std::string_view content_type) noexcept {
  mismatch_.reset();
  seen_ = 0;
  differs_ = false;
  is_new_ = false;
  collected_.clear();
  if (!is_expected(status, *expectation_)) {
    mismatch_ = Mismatch::status;
  } else if (expectation_->media_type &&
             !same_letters(media_type(content_type), media_type(*expectation_->media_type))) {
    mismatch_ = Mismatch::type;
  }
}

void ReplyCheck::body(std::string_view piece) {
  const std::size_t place = seen_;
  seen_ += piece.size();
  if (mismatch_) return;
  if (expectation_->rule) collect(piece, place);
  if (!expectation_->body || differs_) return;
  const std::string_view expected = *expectation_->body;
  differs_ = place > expected.size() || expected.substr(place, piece.size()) != piece;
}

void ReplyCheck::collect(std::string_view piece, std::size_t place) {
  if (!is_new_) {
    const std::string_view accepted = accepted_;
    if (accepted.substr(place, piece.size()) == piece) return;
    is_new_ = true;
    collected_ = accepted.substr(0, place);
  }
  if (seen_ <= longest_judged) collected_ += piece;
}

bool ReplyCheck::is_accepted() {
  if (seen_ > longest_judged) return false;
  if (!is_new_ && has_accepted_ && seen_ == accepted_.size()) return true;
  if (!is_new_) collected_ = std::string_view(accepted_).substr(0, seen_);
  if (!expectation_->rule->accepts(collected_)) return false;
  if (seen_ > longest_kept) return true;
  std::swap(collected_, accepted_);
  has_accepted_ = true;
  return true;
}

std::optional<Mismatch> ReplyCheck::verdict() {
  if (mismatch_) return mismatch_;
  if (expectation_->body && seen_ != expectation_->body->size()) return Mismatch::length;
  if (differs_) return Mismatch::body;
  if (expectation_->rule && !is_accepted()) return Mismatch::body;
  return std::nullopt;
}

std::optional<Mismatch> ReplyCheck::end() {
  const std::optional<Mismatch> found = verdict();
  // There may be thousands of checks, and most only wait.
  if (collected_.capacity() > 2 * longest_kept) collected_ = std::string();
  return found;
}

}  // namespace assay::load
