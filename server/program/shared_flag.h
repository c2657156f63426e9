// A flag that this process and those which it starts see alike. Any thread.
#pragma once
#include <atomic>

namespace assay {

class SharedFlag {
 public:
  SharedFlag();  // throws StartError
  ~SharedFlag();
  SharedFlag(const SharedFlag&) = delete;
  SharedFlag& operator=(const SharedFlag&) = delete;

  void set() { flag_->store(true); }
  bool is_set() const { return flag_->load(); }

 private:
  std::atomic<bool>* flag_;
};

}  // namespace assay
