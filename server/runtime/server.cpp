#include "server/runtime/server.h"

#include <stdexcept>

#include "server/runtime/loop_server.h"
#include "server/runtime/pinned_server.h"
#include "server/runtime/thread_server.h"

namespace assay::runtime {

std::unique_ptr<Server> make_server(const Settings& settings, const Listeners& listeners,
                                    wire::Handler& handler) {
  switch (settings.model) {
    case Model::loop:
    case Model::pool: return std::make_unique<LoopServer>(settings, listeners, handler);
    case Model::pinned:
    case Model::per_request: return std::make_unique<PinnedServer>(settings, listeners, handler);
    case Model::thread: return std::make_unique<ThreadServer>(settings, listeners, handler);
    case Model::fork: break;
  }
  throw std::logic_error("the model fork is a server of the model loop in each process");
}

}  // namespace assay::runtime
