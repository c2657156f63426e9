#include "harness/load/expectation.h"

#include "harness/load/same_letters.h"

namespace assay::load {
namespace {

std::string_view media_type(std::string_view content_type) {
  const std::string_view type = content_type.substr(0, content_type.find(';'));
  return type.substr(0, type.find_last_not_of(" \t") + 1);
}

bool is_expected(int status, std::optional<int> expected) {
  return expected ? status == *expected : status >= 200 && status <= 299;
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
  if (!is_expected(status, expectation_->status)) {
    mismatch_ = Mismatch::status;
  } else if (expectation_->media_type &&
             !same_letters(media_type(content_type), media_type(*expectation_->media_type))) {
    mismatch_ = Mismatch::type;
  }
}

void ReplyCheck::body(std::string_view piece) noexcept {
  const std::size_t place = seen_;
  seen_ += piece.size();
  if (!expectation_->body || differs_) return;
  const std::string_view expected = *expectation_->body;
  differs_ = place > expected.size() || expected.substr(place, piece.size()) != piece;
}

std::optional<Mismatch> ReplyCheck::end() noexcept {
  if (mismatch_ || !expectation_->body) return mismatch_;
  if (seen_ != expectation_->body->size()) return Mismatch::length;
  if (differs_) return Mismatch::body;
  return std::nullopt;
}

}  // namespace assay::load
