#include "harness/truth/floor_reply.h"

#include <algorithm>

#include "harness/truth/fixed_reply.h"

namespace assay::truth {
namespace {

// 64 replies of half a kilobyte; large bodies do not need copies, one of them fills a send.
constexpr std::size_t run_bytes = 64 * 1024;
constexpr std::size_t most_copies = 64;

}  // namespace

std::string floor_reply(std::string_view body, bool says_close) {
  return fixed_head("200 OK", body.size(), says_close ? Persistence::ends : Persistence::kept)
      .append(body);
}

ReplyRun::ReplyRun(std::string_view reply) : reply_bytes_(reply.size()) {
  const std::size_t copies = std::clamp<std::size_t>(run_bytes / reply.size(), 1, most_copies);
  for (std::size_t copy = 0; copy < copies; ++copy) copies_ += reply;
}

std::string_view ReplyRun::next(std::uint64_t owed) const noexcept {
  const std::size_t of_split_reply = owed % reply_bytes_;
  const std::size_t sent_of_it = of_split_reply == 0 ? 0 : reply_bytes_ - of_split_reply;
  const std::string_view rest = std::string_view(copies_).substr(sent_of_it);
  return rest.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(owed, rest.size())));
}

}  // namespace assay::truth
