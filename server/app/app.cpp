#include "server/app/app.h"

#include <exception>
#include <string>

#include "server/wire/percent_decoding.h"

namespace assay {
namespace {

constexpr std::string_view text = "text/plain; charset=utf-8";

// RFC 3986, 6.2.2.2: "/%6Ason" is "/json". An escaped slash is part of a name, and none has one.
std::string_view name_of(std::string_view path, std::string& scratch) {
  if (path.find('%') == path.npos) return path;
  const bool has_slash = path.find("%2F") != path.npos || path.find("%2f") != path.npos;
  return has_slash ? path : wire::percent_decoded(path, scratch);
}

}  // namespace

void App::answer(const wire::Request& request, wire::ReplyWriter& reply) {
  // RFC 9110, 9.3.7: asks whether we are there.
  if (request.path == "*") return reply.send(204, {}, {});
  std::string decoded;
  const std::string_view path = name_of(request.path, decoded);
  const auto match = routes_.find(request.head.method_name, path);
  if (match.target != nullptr) {
    // Whatever is thrown, the peer learns only that it was ours: unsent, the reply becomes a 500.
    try {
      (*match.target)(reply);
    } catch (const std::exception& bug) {
      report(request, bug.what());
    } catch (...) {
      report(request, "threw what is no std::exception");
    }
  } else if (!match.allowed.empty()) {
    reply.add_field("Allow", match.allowed);
    reply.send(405, text, "Method Not Allowed\n");
  } else {
    reply.send(404, text, "Not Found\n");
  }
}

void App::report(const wire::Request& request, std::string_view cause) const {
  std::string line(request.head.method_name);
  on_bug_(line.append(" ").append(request.path).append(": ").append(cause));
}

}  // namespace assay
