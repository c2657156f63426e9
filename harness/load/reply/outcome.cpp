#include "harness/load/reply/outcome.h"

namespace assay::load {

std::string_view text(ErrorKind kind) noexcept {
  switch (kind) {
    case ErrorKind::connect: return "connect";
    case ErrorKind::timeout: return "timeout";
    case ErrorKind::reset: return "reset";
    case ErrorKind::short_reply: return "short";
    case ErrorKind::malformed: return "malformed";
    case ErrorKind::status: return "status";
    case ErrorKind::type: return "type";
    case ErrorKind::body: return "body";
    case ErrorKind::unsent: return "unsent";
  }
  return "";
}

}  // namespace assay::load
