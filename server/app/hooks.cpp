#include "server/app/hooks.h"

#include "server/app/context.h"

namespace assay {

bool run_each_hook(const std::vector<Hooks::Hook>& hooks, Context& context) {
  for (const Hooks::Hook& hook : hooks) {
    hook(context);
    if (context.reply().answered()) return false;
  }
  return true;
}

}  // namespace assay
