#include "server/app/app.h"

#include <exception>

namespace assay {
namespace {

constexpr std::string_view text = "text/plain; charset=utf-8";

}  // namespace

void App::answer(const wire::Request& request, wire::ReplyWriter& reply) {
  const auto match = routes_.find(request.head.method_name, request.path);
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
