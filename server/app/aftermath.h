// What is left to do when a reply is over: undo what was made for its request, then begin its
// background tasks. Goes with the request, or with the stream that is its reply.
//
// Belongs to one request. Movable; whoever has it last closes it, by destroying it if need be.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/app/background_tasks.h"
#include "server/app/scope.h"

namespace assay {

class Aftermath {
 public:
  using OnBug = std::function<void(std::string_view)>;

  // Both outlive it.
  Aftermath(BackgroundTasks& background, const OnBug& on_bug)
      : background_(&background), on_bug_(&on_bug) {}
  Aftermath(Aftermath&&) noexcept = default;
  Aftermath& operator=(Aftermath&&) = delete;
  ~Aftermath() {
    if (!is_empty()) close();
  }

  Scope& scope() { return scope_; }
  const Scope& scope() const { return scope_; }
  bool add(BackgroundTasks::Task task);  // false: there is no room for it
  bool is_empty() const { return scope_.is_empty() && tasks_.empty(); }
  void report(std::string_view bug) const { (*on_bug_)(bug); }
  void close();
  void drop_tasks();  // of a request whose handler never came to its end

 private:
  BackgroundTasks* background_;
  const OnBug* on_bug_;
  Scope scope_;
  std::vector<BackgroundTasks::Task> tasks_;
};

}  // namespace assay
