#include "server/app/app.h"

namespace assay {
namespace {

constexpr std::string_view text = "text/plain; charset=utf-8";

}  // namespace

void App::answer(const wire::Request& request, wire::ReplyWriter& reply) {
  const auto match = routes_.find(request.head.method_name, request.path);
  if (match.target != nullptr) {
    try {
      (*match.target)(reply);
    } catch (...) {  // whatever it was, the peer learns only that it was ours
      reply.send(500, text, "Internal Server Error\n");
    }
  } else if (!match.allowed.empty()) {
    reply.add_field("Allow", match.allowed);
    reply.send(405, text, "Method Not Allowed\n");
  } else {
    reply.send(404, text, "Not Found\n");
  }
}

}  // namespace assay
