#include "server/storage/faults/fault_plan.h"

namespace assay::storage {
namespace {

bool changes_files(FileOperation operation) {
  return operation == FileOperation::write || operation == FileOperation::sync ||
         operation == FileOperation::truncate || operation == FileOperation::remove;
}

bool can_hit(const Fault& fault, FileOperation operation) {
  if (fault.only && *fault.only != operation) return false;
  switch (fault.kind) {
    case Fault::Kind::failure: return true;
    case Fault::Kind::disk_full:
    case Fault::Kind::short_write: return operation == FileOperation::write;
    case Fault::Kind::power_cut: return changes_files(operation);
  }
  return false;
}

}  // namespace

void FaultPlan::begin(const Fault& fault) {
  mend();
  const std::lock_guard lock(mutex_);
  has_hit_ = false;
  fault_ = fault;
}

void FaultPlan::begin_with_room(std::int64_t bytes) {
  mend();
  const std::lock_guard lock(mutex_);
  has_hit_ = false;
  room_bytes_ = bytes;
}

void FaultPlan::mend() {
  const std::lock_guard lock(mutex_);
  fault_.reset();
  room_bytes_.reset();
  counted_ = 0;
  is_cut_off_ = false;
}

Blow FaultPlan::next(FileOperation operation) {
  const std::lock_guard lock(mutex_);
  if (is_cut_off_) return Blow::failure;
  if (!fault_ || !can_hit(*fault_, operation)) return Blow::none;
  ++counted_;
  const bool is_hit = fault_->lasts ? counted_ >= fault_->nth : counted_ == fault_->nth;
  return is_hit ? hit() : Blow::none;
}

Blow FaultPlan::hit() {
  has_hit_ = true;
  switch (fault_->kind) {
    case Fault::Kind::disk_full: return Blow::disk_full;
    case Fault::Kind::short_write: return Blow::half;
    case Fault::Kind::power_cut: is_cut_off_ = true; return Blow::failure;
    case Fault::Kind::failure: return Blow::failure;
  }
  return Blow::failure;
}

Blow FaultPlan::grow(std::int64_t bytes) {
  const std::lock_guard lock(mutex_);
  if (!room_bytes_) return Blow::none;
  if (bytes > 0 && bytes > *room_bytes_) {
    has_hit_ = true;
    return Blow::disk_full;
  }
  *room_bytes_ -= bytes;
  return Blow::none;
}

bool FaultPlan::has_hit() const {
  const std::lock_guard lock(mutex_);
  return has_hit_;
}

bool FaultPlan::is_cut_off() const {
  const std::lock_guard lock(mutex_);
  return is_cut_off_;
}

}  // namespace assay::storage
