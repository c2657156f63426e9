#include "server/wire/incoming_body.h"

#include <algorithm>

namespace assay::wire {

IncomingBody::Step IncomingBody::take(std::string_view bytes, std::string& decoded) {
  if (!chunked_) return take_plain(bytes);
  const Step step = decoder_.decode(bytes, decoded, limits_);
  if (sink_ == nullptr) return step;
  const Refusal refusal = give(decoded);
  decoded.clear();
  return refusal == Refusal::none ? step : Step{State::refused, step.used, refusal};
}

IncomingBody::Step IncomingBody::take_plain(std::string_view bytes) {
  const std::string_view piece =
      bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size())));
  left_ -= piece.size();
  const Refusal refusal = give(piece);
  if (refusal != Refusal::none) return {State::refused, piece.size(), refusal};
  return {left_ == 0 ? State::done : State::more, piece.size(), Refusal::none};
}

// One that throws has a bug that is its own to report.
Refusal IncomingBody::give(std::string_view piece) {
  if (piece.empty()) return Refusal::none;
  try {
    return sink_->take(piece).value_or(Refusal::none);
  } catch (...) {
    return Refusal::failed;
  }
}

}  // namespace assay::wire
