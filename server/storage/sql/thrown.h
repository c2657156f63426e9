// For tests: the StorageError that an act throws.
#pragma once
#include <gtest/gtest.h>

#include "server/storage/sql/storage_error.h"

namespace assay::storage {

template <class Act>
StorageError thrown(Act act) {
  try {
    act();
  } catch (const StorageError& error) {
    return error;
  }
  ADD_FAILURE() << "nothing was thrown";
  return StorageError::misuse("nothing was thrown");
}

}  // namespace assay::storage
