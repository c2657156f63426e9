// What SQLite is told once in a process, before its first use. Any thread, as often as one likes.
#pragma once

namespace assay::storage {

// It counts no memory: that would take one lock for all threads at each allocation.
void start_library();

}  // namespace assay::storage
