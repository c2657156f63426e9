// One write from when it is submitted until its outcome is taken: what to do, what came of it, and
// who waits for that. Shared by the writer, which does it, and a Pending, which waits for it.
//
// Each call says whose it is: the writer's thread, or the one that waits. Both may call at once.
#pragma once
#include <atomic>
#include <coroutine>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace assay::storage {

class Connection;

// What resumes coroutines, whatever its type.
struct Resumer {
  void* executor = nullptr;
  void (*post)(void* executor, std::function<void()> work) = nullptr;

  template <class Executor>
  static Resumer of(Executor* executor) {
    return {executor, [](void* given, std::function<void()> work) {
              static_cast<Executor*>(given)->post(std::move(work));
            }};
  }
  bool operator==(const Resumer&) const = default;
};

class WriteOperation {
 public:
  // What undoing it takes. `none`: it only reads. `one`: a single statement, which SQLite undoes by
  // itself. `several`: it gets a savepoint. Two are called once, between the transactions of the
  // others: `own`, which may have transactions of its own, and `once`, which only reads.
  enum class Steps : std::uint8_t { none, one, several, own, once };

  explicit WriteOperation(Steps steps) : steps_(steps) {}
  virtual ~WriteOperation() = default;
  WriteOperation(const WriteOperation&) = delete;
  WriteOperation& operator=(const WriteOperation&) = delete;

  // The writer's thread:
  Steps steps() const { return steps_; }
  bool stands_alone() const { return steps_ == Steps::own || steps_ == Steps::once; }
  virtual void perform(Connection& connection) = 0;  // may be called again; what came last counts
  enum class Fault : std::uint8_t { of_the_act, of_storage };  // of what throws, if we refuse it
  void fail(std::exception_ptr failure, Fault fault) noexcept {
    failure_ = std::move(failure);
    fault_ = fault;
  }
  void forgive() noexcept { failure_ = nullptr; }
  bool failed() const noexcept { return failure_ != nullptr; }
  bool failed_by_storage() const noexcept { return failed() && fault_ == Fault::of_storage; }
  bool writes() const { return steps_ != Steps::none && steps_ != Steps::once; }
  // The outcome stands. Returns whether a coroutine is to be resumed for it: by `resumer`, with
  // `resume`. Whether that was posted is told by one of the two others.
  bool finish() noexcept;
  const Resumer& resumer() const { return resumer_; }
  void posted() noexcept;
  void not_posted() noexcept;

  // The resumer's thread:
  void resume();  // nothing, where the coroutine was destroyed

  // The one that waits:
  bool is_finished() const noexcept;
  void wait();  // throws StorageError::misuse within an act of a database
  // Returns false, and keeps nothing, where it is finished.
  bool suspend(std::coroutine_handle<> waiting, Resumer resumer) noexcept;
  // The coroutine is being destroyed, by its executor's thread or when that has ended.
  void abandon() noexcept;

 protected:
  void rethrow_failure() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  // What the operation holds is let go before anyone hears of its outcome.
  virtual void drop_act() noexcept = 0;

  // Who waits, and how far the writer is. `posting`: it is finished, and the writer is about to
  // call the executor, which has to live until then.
  enum class Stage : std::uint8_t {
    nobody_waits,
    thread_waits,
    coroutine_waits,
    abandoned,
    posting,
    finished,
  };

  Stage stage() const noexcept;
  bool move(Stage& from, Stage to) noexcept;  // `from` becomes what it was
  void end_posting(Stage next) noexcept;

  Steps steps_;
  std::atomic<int> stage_{static_cast<int>(Stage::nobody_waits)};  // int: what a futex waits for
  std::exception_ptr failure_;
  Fault fault_ = Fault::of_the_act;
  std::coroutine_handle<> waiting_;
  Resumer resumer_;
};

template <class T>
class WriteOutcome : public WriteOperation {
 public:
  using WriteOperation::WriteOperation;

  T take() {
    rethrow_failure();
    if constexpr (!std::is_void_v<T>) return std::move(*value_);
  }

 protected:
  using Value = std::conditional_t<std::is_void_v<T>, std::monostate, T>;
  std::optional<Value> value_;
};

template <class Act>
class Write final : public WriteOutcome<std::invoke_result_t<Act&, Connection&>> {
 public:
  using T = std::invoke_result_t<Act&, Connection&>;

  Write(Act act, WriteOperation::Steps steps) : WriteOutcome<T>(steps), act_(std::move(act)) {}

  void perform(Connection& connection) override {
    this->value_.reset();
    if constexpr (std::is_void_v<T>) {
      (*act_)(connection);
      this->value_.emplace();
    } else {
      this->value_.emplace((*act_)(connection));
    }
  }

 private:
  void drop_act() noexcept override { act_.reset(); }

  std::optional<Act> act_;
};

// Marks the calling thread as one in the middle of an act of a database, the writer's or any other,
// as long as this lives.
class WritingThread {
 public:
  WritingThread() noexcept;
  ~WritingThread();
  // Throws StorageError::misuse on such a thread: what it would wait for is behind what it does.
  static void refuse_to_wait();
  WritingThread(const WritingThread&) = delete;
  WritingThread& operator=(const WritingThread&) = delete;
};

}  // namespace assay::storage
