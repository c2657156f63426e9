#include "server/app/aftermath.h"

#include <cstddef>
#include <exception>

namespace assay {

bool Aftermath::add(BackgroundTasks::Task task) {
  if (!background_->reserve()) return false;
  tasks_.push_back(std::move(task));
  return true;
}

void Aftermath::close() {
  scope_.close(*on_bug_);
  for (BackgroundTasks::Task& task : std::exchange(tasks_, {})) {
    try {
      background_->run(std::move(task), *on_bug_);
    } catch (const std::exception& shortage) {  // no thread, or no memory, for it
      (*on_bug_)(std::string("a background task could not begin: ") + shortage.what());
    }
  }
}

void Aftermath::drop_tasks() {
  for (std::size_t i = std::exchange(tasks_, {}).size(); i > 0; --i) background_->release();
}

}  // namespace assay
